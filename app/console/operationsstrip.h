// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

class QVBoxLayout;

namespace stint {

class ExportOperation;

/// What takes a while, one line each: how far it is, and a button to stop it. Hidden while there is none. GUI thread.
class OperationsStrip final : public QFrame
{
    Q_OBJECT

public:
    explicit OperationsStrip(QWidget *parent = nullptr);

    /// Takes the operation and starts it.
    void add(ExportOperation *operation);

Q_SIGNALS:
    void exported(const QString &fileName, qint64 rows);

private:
    QVBoxLayout *m_lines;
    int m_count = 0;
};

} // namespace stint
