// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/screenshot.h"

#include "app/console/mainwindow.h"

#include <QApplication>
#include <QPixmap>

namespace stint {

namespace {
constexpr int interval = 50;      ///< ms
constexpr int quietNeeded = 4;    ///< settled looks in a row: what was read is painted
constexpr int looksAllowed = 600; ///< half a minute
} // namespace

Screenshot::Screenshot(MainWindow &window, QString fileName)
    : QObject(&window)
    , m_window(window)
    , m_fileName(std::move(fileName))
{
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::look);
    m_timer.start(interval);
}

void Screenshot::look()
{
    m_quietLooks = m_window.isSettled() ? m_quietLooks + 1 : 0;
    if (m_quietLooks < quietNeeded && ++m_looks < looksAllowed)
        return;
    m_timer.stop();
    const bool settled = m_quietLooks >= quietNeeded;
    const bool written = m_window.grab().save(m_fileName, "PNG");
    if (!settled)
        qWarning("The window did not come to rest; the picture may show less than all.");
    if (!written)
        qWarning("%s cannot be written.", qUtf8Printable(m_fileName));
    const auto &error = m_window.connection().error();
    if (error)
        qWarning("%s cannot be shown: %s", qUtf8Printable(m_window.connection().location()), qUtf8Printable(error->message));
    QApplication::exit(settled && written && !error ? 0 : 1);
}

} // namespace stint
