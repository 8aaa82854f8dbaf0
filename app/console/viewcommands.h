// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/theme.h"

#include <QObject>

namespace stint {

class Connection;
class MessageStrip;
class Settings;
class WindowActions;

/// How the window looks and whether it follows the store: theme, refresh and its pause. GUI thread.
class ViewCommands final : public QObject
{
    Q_OBJECT

public:
    /// `strip` says that the refresh is paused.
    ViewCommands(WindowActions &actions, Connection &connection, Settings &settings, MessageStrip *strip);

    void takeTheme(theme::Choice choice);
    [[nodiscard]] bool isPaused() const;

Q_SIGNALS:
    void pausedChanged();

private:
    void showPaused();

    WindowActions &m_actions;
    Connection &m_connection;
    Settings &m_settings;
    MessageStrip *m_strip;
};

} // namespace stint
