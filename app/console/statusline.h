// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStatusBar>

class QLabel;

namespace stint {

class Connection;

/// The line at the foot of the window: what the pane shows, how busy the store is, and as of when. GUI thread.
class StatusLine final : public QStatusBar
{
    Q_OBJECT

public:
    StatusLine(const Connection &connection, QWidget *parent = nullptr);

    /// `text` is what the pane says of itself; while `paused`, the moment stays.
    void showStatus(const QString &text, bool paused);

private:
    const Connection &m_connection;
    QLabel *m_pane;
    QLabel *m_store;
    QLabel *m_asOf;
};

} // namespace stint
