// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/scheduledtask.h"
#include "models/knowncommands.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace stint {

/// What a schedule runs: a command or an API, its request, and how. Options that it does not show are kept. GUI thread.
class JobForm final : public QWidget
{
    Q_OBJECT

public:
    explicit JobForm(KnownCommands known, QWidget *parent = nullptr);

    void setTask(const ScheduledTask &task);
    /// Rows of others, above and below its own.
    void addFirst(const QString &label, QWidget *field);
    void addLast(QWidget *field);
    /// Why it cannot be saved so; empty: it can.
    [[nodiscard]] QString problem() const;
    [[nodiscard]] NewJob job() const;
    [[nodiscard]] bool isTransient() const;

Q_SIGNALS:
    void changed();

private:
    void makeLayout();
    void offerNames();
    void update();
    [[nodiscard]] bool isApi() const;
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString fieldsText() const;
    [[nodiscard]] QString requestProblem() const;
    [[nodiscard]] std::optional<std::chrono::seconds> timeout() const;

    KnownCommands m_known;
    NewJob m_original; ///< what is not shown stays as it is here
    bool m_isRequestTouched = false;
    QFormLayout *m_form;
    QComboBox *m_kind;
    QComboBox *m_name;
    QPlainTextEdit *m_request;
    QLabel *m_hint; ///< the fields of the request, or what is wrong with it
    QLineEdit *m_worker;
    QLineEdit *m_tag;
    QSpinBox *m_retries;
    QLineEdit *m_timeout;
    QCheckBox *m_transient;
    QCheckBox *m_force;
};

} // namespace stint
