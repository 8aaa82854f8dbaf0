// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/places.h"

#include "app/console/settings.h"
#include "app/console/windowactions.h"

#include <QAction>
#include <QFileDialog>
#include <QMenu>

namespace stint {

Places::Places(WindowActions &actions, const Settings &settings, QWidget *window)
    : m_actions(actions)
    , m_settings(settings)
    , m_window(window)
{
    connect(m_actions.attach, &QAction::triggered, this, [this] { choose(false); });
    connect(m_actions.attachReadOnly, &QAction::triggered, this, [this] { choose(true); });
    connect(m_actions.places, &QMenu::aboutToShow, this, &Places::fillMenu);
}

void Places::choose(bool readOnly)
{
    const QString folder = QFileDialog::getExistingDirectory(m_window, readOnly ? tr("Attach a folder read-only") : tr("Attach a folder"),
                                                             m_settings.recents().value(0));
    if (!folder.isEmpty())
        Q_EMIT chosen(folder, readOnly || m_readOnly);
}

void Places::go(const QString &folder)
{
    Q_EMIT chosen(folder, m_readOnly);
}

void Places::fillMenu()
{
    QMenu *menu = m_actions.places;
    menu->clear();
    menu->addActions({m_actions.attach, m_actions.attachReadOnly});
    menu->addSeparator();
    for (const QString &location : m_settings.recents())
        menu->addAction(location, this, [this, location] { go(location); });
    menu->addSeparator();
    menu->addAction(m_actions.closeStore);
}

} // namespace stint
