// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/store/jobstore.h"
#include "models/logmodel.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTableView;

namespace stint {

/// The log of one job: its lines in the store, or else the text that its row holds. GUI thread.
class LogTab final : public QWidget
{
    Q_OBJECT

public:
    explicit LogTab(QWidget *parent = nullptr);

    void setJob(std::shared_ptr<JobStore> store, std::int64_t id, const QString &text);
    void clear();
    [[nodiscard]] int lineCount() const { return m_model.rowCount(); }
    [[nodiscard]] bool isSettled() const { return !m_model.isLoading(); }

private:
    void fill();

    std::int64_t m_id = 0;
    QString m_text;
    LogModel m_model;
    QStackedWidget *m_stack;
    QTableView *m_table;
    QLabel *m_nothing;
};

} // namespace stint
