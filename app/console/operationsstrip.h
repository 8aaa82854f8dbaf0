// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

class QVBoxLayout;

namespace stint {

class OperationLine;

/// What takes a while, one line each. Hidden while there is none. GUI thread.
class OperationsStrip final : public QFrame
{
    Q_OBJECT

public:
    explicit OperationsStrip(QWidget *parent = nullptr);

    /// A line for `operation`, which the line then owns and takes down with it.
    OperationLine *add(QObject *operation, const QString &text);

private:
    QVBoxLayout *m_lines;
    int m_count = 0;
};

} // namespace stint
