// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/viewcommands.h"

#include "app/console/connection.h"
#include "app/console/messagestrip.h"
#include "app/console/settings.h"
#include "app/console/windowactions.h"

#include <QAction>
#include <QActionGroup>
#include <QTime>

namespace stint {

ViewCommands::ViewCommands(WindowActions &actions, Connection &connection, Settings &settings, MessageStrip *strip)
    : m_actions(actions)
    , m_connection(connection)
    , m_settings(settings)
    , m_strip(strip)
{
    connect(m_actions.refresh, &QAction::triggered, this, [this] {
        if (m_connection.changes())
            m_connection.changes()->tellNow();
    });
    connect(m_actions.pauseRefresh, &QAction::toggled, this, &ViewCommands::showPaused);
    connect(&m_connection, &Connection::changed, this, &ViewCommands::showPaused);
    connect(m_actions.themes, &QActionGroup::triggered, this, [this](const QAction *action) {
        const auto choice = theme::parse(action->data().toString()).value_or(theme::Choice::System);
        m_settings.setThemeChoice(choice);
        takeTheme(choice);
    });
}

bool ViewCommands::isPaused() const
{
    return m_actions.pauseRefresh->isChecked();
}

void ViewCommands::showPaused()
{
    if (m_connection.changes())
        m_connection.changes()->setPaused(isPaused());
    if (m_connection.isAttached() && isPaused()) {
        m_strip->say(MessageStrip::Kind::Notice, tr("Refresh is paused: shown as of %1.").arg(QTime::currentTime().toString(u"HH:mm:ss")),
                     {{tr("Resume"), [this] { m_actions.pauseRefresh->setChecked(false); }}}, false);
    } else {
        m_strip->hide();
    }
    Q_EMIT pausedChanged();
}

void ViewCommands::takeTheme(theme::Choice choice)
{
    theme::apply(choice);
    for (QAction *action : m_actions.themes->actions())
        action->setChecked(action->data().toString() == theme::toText(choice));
    m_actions.paintIcons();
}

} // namespace stint
