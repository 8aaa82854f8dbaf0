// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class QWidget;

namespace stint {

class Connection;
class ExportOperation;
class Journal;
class OperationLine;
class OperationsStrip;
class Page;

/// Exports what a pane shows, to a file that the operator chooses. GUI thread.
class ExportCommand final : public QObject
{
    Q_OBJECT

public:
    /// `operations` is where exports show how far they are, `window` the parent of dialogs.
    ExportCommand(Connection &connection, const Journal &journal, OperationsStrip *operations, QWidget *window);

    void run(const Page &page);

private:
    void start(ExportOperation *operation);

    Connection &m_connection;
    const Journal &m_journal;
    OperationsStrip *m_operations;
    QWidget *m_window;
};

} // namespace stint
