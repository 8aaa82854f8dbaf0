// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class QWidget;

namespace stint {

class Journal;
class WindowActions;

/// What the Help menu shows: what the operator has done here, and what this program is. GUI thread.
class HelpCommands final : public QObject
{
    Q_OBJECT

public:
    HelpCommands(WindowActions &actions, const Journal &journal, QWidget *window);

Q_SIGNALS:
    /// There is nothing to show yet; `text` says so.
    void nothingDone(const QString &text);

private:
    void showJournal();
    void showAbout();

    const Journal &m_journal;
    QWidget *m_window;
};

} // namespace stint
