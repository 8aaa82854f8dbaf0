// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace stint {

class Connection;
class DetailsDock;
class LocalHost;
class Panes;
class WindowActions;

/// Lets each action of the window be taken only where it makes sense, and says why not where it does not. GUI thread.
class ActionStates final
{
public:
    ActionStates(WindowActions &actions, const Connection &connection, const Panes &panes, const DetailsDock &details,
                 const LocalHost &host);

    void update() const;

private:
    void updateChosen() const;
    void updateShown() const;
    void updateSchedules() const;
    void updateHost() const;

    WindowActions &m_actions;
    const Connection &m_connection;
    const Panes &m_panes;
    const DetailsDock &m_details;
    const LocalHost &m_host;
};

} // namespace stint
