// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"

#include <QAbstractTableModel>

namespace stint {

/// What became of each job of an action. GUI thread.
class ActionResultModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Column { Id, Outcome, Detail };
    static constexpr int columns = static_cast<int>(Column::Detail) + 1;

    explicit ActionResultModel(QList<ActionResult> results, QObject *parent = nullptr);

    /// Leaves out what was done.
    void setOnlyRefused(bool only);
    [[nodiscard]] int refusedCount() const { return m_refusedCount; }
    /// The rows as lines of tab-separated cells, under their titles.
    [[nodiscard]] QString toText() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QList<ActionResult> m_results;
    QList<qsizetype> m_shown; ///< places in m_results
    int m_refusedCount = 0;
};

} // namespace stint
