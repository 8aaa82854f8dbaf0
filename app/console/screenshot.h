// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

namespace stint {

class MainWindow;

/// Writes a picture of the window as soon as all it was asked for is shown, then ends the program: with 0, or with
/// 1 and the reason if that could not be shown or written. GUI thread.
class Screenshot final : public QObject
{
    Q_OBJECT

public:
    Screenshot(MainWindow &window, QString fileName);

private:
    void look();

    MainWindow &m_window;
    QString m_fileName;
    QTimer m_timer;
    int m_quietLooks = 0;
    int m_looks = 0;
};

} // namespace stint
