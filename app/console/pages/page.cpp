// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/page.h"

#include "app/console/connection.h"

namespace stint {

Page::Page(QString key, QString title, QString icon, Connection &connection, QWidget *parent)
    : QWidget(parent)
    , m_key(std::move(key))
    , m_title(std::move(title))
    , m_icon(std::move(icon))
    , m_connection(connection)
{
    setObjectName(m_key + QStringLiteral("Page"));
    connect(&m_connection, &Connection::changed, this, [this] {
        m_dueStore = true;
        update();
    });
    connect(&m_connection, &Connection::storeChanged, this, [this] {
        m_dueRefresh = true;
        update();
    });
}

void Page::setActive(bool active)
{
    m_active = active;
    update();
}

void Page::update()
{
    if (!m_active && m_connection.isAttached())
        return;
    if (std::exchange(m_dueStore, false)) {
        m_dueRefresh = false;
        connectStore();
    } else if (std::exchange(m_dueRefresh, false)) {
        refresh();
    }
}

} // namespace stint
