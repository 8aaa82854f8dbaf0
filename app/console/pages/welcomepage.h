// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace stint {

class Connection;
class MessageStrip;
class Settings;

/// What the window shows while it looks at no store: how to come to one. GUI thread.
class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    WelcomePage(Connection &connection, Settings &settings, QWidget *parent = nullptr);

    [[nodiscard]] bool isSettled() const;

Q_SIGNALS:
    void attachWanted();
    void hostWanted();
    void recentChosen(const QString &location);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showState();

    Connection &m_connection;
    Settings &m_settings;
    MessageStrip *m_strip;
    QLabel *m_opening;
    QLabel *m_recentTitle;
    QListWidget *m_recents;
};

} // namespace stint
