// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/result.h"
#include "engine/scheduledtask.h"
#include "models/knowncommands.h"

#include <QDialog>

#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace stint {

class JobForm;
class MessageStrip;
class TimingForm;

/// A schedule to be added or changed, with its next runs. What is wrong with it is said at once and keeps it from being
/// saved; what the store refuses is said in place. GUI thread.
class ScheduleDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `edited`: the task to be changed, else one is added, of another name than those of `taken`.
    ScheduleDialog(const std::optional<ScheduledTask> &edited, const QStringList &taken, const KnownCommands &known,
                   QWidget *parent = nullptr);

    /// It stays open, for another try.
    void refuse(const Error &error);

Q_SIGNALS:
    /// Answered by accept() or refuse().
    void saveWanted(const stint::NewTask &task);

private:
    void makeLayout();
    void update();
    void save();
    [[nodiscard]] QString problem() const;

    bool m_isNew;
    QStringList m_taken;
    QLineEdit *m_name;
    JobForm *m_job;
    QCheckBox *m_paused;
    TimingForm *m_timing;
    MessageStrip *m_refusal;
    QLabel *m_problem;
    QPushButton *m_save;
    bool m_isSaving = false;
};

} // namespace stint
