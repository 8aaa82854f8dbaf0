// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/scheduledtask.h"

#include <QSplitter>

namespace stint {

class BodyView;
class FieldList;
class RunList;

/// All about one scheduled task: its fields, its next runs, its request. GUI thread.
class TaskDetails final : public QSplitter
{
    Q_OBJECT

public:
    explicit TaskDetails(QWidget *parent = nullptr);

    /// `ours`: the store is one that Stint made, which knows of policies.
    void setTask(const ScheduledTask &task, bool ours);

Q_SIGNALS:
    void openJob(qint64 id);

private:
    FieldList *m_fields;
    RunList *m_runs;
    BodyView *m_request;
};

} // namespace stint
