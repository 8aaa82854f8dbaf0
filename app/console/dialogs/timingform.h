// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/runpreview.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QRadioButton;
class QSpinBox;

namespace stint {

class RunList;

/// When a schedule runs: what is typed is said in words at once, with its next runs. GUI thread.
class TimingForm final : public QWidget
{
    Q_OBJECT

public:
    explicit TimingForm(QWidget *parent = nullptr);

    void setTask(const ScheduledTask &task);
    /// That of the schedule, from which `H` takes its values.
    void setName(const QString &name);
    /// Why it cannot be saved so; empty: it can.
    [[nodiscard]] const QString &problem() const { return m_preview.problem; }
    /// Sets when `task` runs and what becomes of runs that do not.
    void fill(ScheduledTask &task) const;

Q_SIGNALS:
    void changed();

private:
    void makeLayout();
    void makeZones();
    void update();
    [[nodiscard]] QString zone() const;
    [[nodiscard]] ScheduledTask draft() const;

    QString m_name;
    ScheduledTask m_original;
    RunPreview m_preview;
    QRadioButton *m_byCron;
    QRadioButton *m_byInterval;
    QLineEdit *m_cron;
    QLineEdit *m_interval;
    QComboBox *m_zone;
    QLabel *m_words;
    RunList *m_runs;
    QComboBox *m_missed;
    QSpinBox *m_catchUp;
    QCheckBox *m_noOverlap;
    QTimer m_clock; ///< time goes by while the dialog is open
};

} // namespace stint
