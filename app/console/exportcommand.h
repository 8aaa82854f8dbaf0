// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class QWidget;

namespace stint {

class Connection;
class JobsPage;
class Journal;
class OperationsStrip;

/// Exports what a pane shows, to a file that the operator chooses. GUI thread.
class ExportCommand final : public QObject
{
    Q_OBJECT

public:
    /// `strip` is where exports show how far they are, `window` the parent of dialogs.
    ExportCommand(Connection &connection, const Journal &journal, OperationsStrip *strip, QWidget *window);

    void run(const JobsPage &page);

private:
    Connection &m_connection;
    OperationsStrip *m_strip;
    QWidget *m_window;
};

} // namespace stint
