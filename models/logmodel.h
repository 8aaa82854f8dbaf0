// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"
#include "models/storereader.h"

#include <QAbstractTableModel>

#include <deque>
#include <memory>

namespace stint {

/// The newest log lines, of all jobs or of one, oldest first; a ring that forgets the oldest. Follows the store's
/// lines by their id and takes lines of other sources besides. GUI thread.
class LogModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Column { Time, Level, Job, Message };
    static constexpr int columns = static_cast<int>(Column::Message) + 1;

    explicit LogModel(QObject *parent = nullptr);

    /// Forgets all lines and begins anew: with the newest of the store, or with the first of `jobId`.
    void setSource(std::shared_ptr<JobStore> store, std::optional<std::int64_t> jobId = {});
    /// Reads what is new.
    void refresh();
    void append(QList<LogLine> lines);
    void clear();
    /// How many lines are kept.
    void setCapacity(int lines) { m_capacity = lines; }

    [[nodiscard]] bool isLoading() const { return m_loading; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] const LogLine &line(int row) const { return m_lines[static_cast<std::size_t>(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void statusChanged();

private:
    void accept(Result<QList<LogLine>> lines);

    std::shared_ptr<JobStore> m_store;
    std::optional<std::int64_t> m_jobId;
    std::optional<std::int64_t> m_lastId; ///< of the store's lines
    std::deque<LogLine> m_lines;
    int m_capacity = 100'000;
    bool m_loading = false;
    std::optional<Error> m_error;
    StoreReader m_reader;
};

} // namespace stint
