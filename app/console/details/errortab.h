// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/job.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QTreeWidget;

namespace stint {

/// Why a job failed: code, message, wrong fields, stack trace. GUI thread.
class ErrorTab final : public QWidget
{
    Q_OBJECT

public:
    explicit ErrorTab(QWidget *parent = nullptr);
    void setError(const std::optional<JobError> &error);

private:
    std::optional<JobError> m_error;
    QLabel *m_code;
    QLabel *m_message;
    QTreeWidget *m_fields;
    QLabel *m_traceTitle;
    QPlainTextEdit *m_trace;
};

} // namespace stint
