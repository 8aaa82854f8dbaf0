// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace stint {

class Connection;

/// The line at the top: which store, whether it can be changed, and what is done most. GUI thread.
class ConnectionBar final : public QWidget
{
    Q_OBJECT

public:
    /// `places` is the menu of stores to go to.
    ConnectionBar(Connection &connection, QMenu *places, QWidget *parent = nullptr);

    void addButton(QAction *action);
    void addSeparator();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showConnection();

    Connection &m_connection;
    QPushButton *m_place;
    QToolButton *m_access;
    QHBoxLayout *m_actions;
};

} // namespace stint
