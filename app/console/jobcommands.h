// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

namespace stint {

class DetailsDock;
class JobActions;
class Panes;
class WindowActions;

/// What the actions of the Jobs and Edit menus do with the chosen jobs, and with the one whose details are shown. GUI thread.
class JobCommands final : public QObject
{
    Q_OBJECT

public:
    JobCommands(WindowActions &actions, const Panes &panes, const DetailsDock &details, JobActions &jobActions);

Q_SIGNALS:
    void openJob(qint64 id);

private:
    void connectChosen();
    void connectShown();

    WindowActions &m_actions;
    const Panes &m_panes;
    const DetailsDock &m_details;
    JobActions &m_jobActions;
};

} // namespace stint
