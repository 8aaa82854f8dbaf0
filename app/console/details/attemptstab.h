// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/attemptmodel.h"

#include <QWidget>

class QPlainTextEdit;
class QStackedWidget;
class QTableView;

namespace stint {

/// The earlier attempts of a job; below them the chosen one's error and log. GUI thread.
class AttemptsTab final : public QWidget
{
    Q_OBJECT

public:
    explicit AttemptsTab(QWidget *parent = nullptr);
    ~AttemptsTab() override;
    void setAttempts(const QList<JobAttempt> &attempts);
    [[nodiscard]] int count() const { return m_model.rowCount(); }

private:
    void showAttempt();

    AttemptModel m_model;
    QStackedWidget *m_stack;
    QTableView *m_table;
    QPlainTextEdit *m_text;
};

} // namespace stint
