// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class QWidget;

namespace stint {

class Settings;
class WindowActions;

/// The stores to go to: a folder that the operator chooses, or one of the recent ones in the menu. GUI thread.
class Places final : public QObject
{
    Q_OBJECT

public:
    /// `window` is the parent of dialogs.
    Places(WindowActions &actions, const Settings &settings, QWidget *window);

    /// Whatever is chosen is only looked at.
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    void choose(bool readOnly);
    void go(const QString &folder);

Q_SIGNALS:
    void chosen(const QString &folder, bool readOnly);

private:
    void fillMenu();

    WindowActions &m_actions;
    const Settings &m_settings;
    QWidget *m_window;
    bool m_readOnly = false;
};

} // namespace stint
