// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QListWidget>

namespace stint {

class Page;

/// The panes of the store, with how many rows each has. GUI thread.
class Sidebar final : public QListWidget
{
    Q_OBJECT

public:
    explicit Sidebar(QWidget *parent = nullptr);

    void addPage(const Page &page);
    void setCount(int row, const QString &count);
    /// Shown in the colour of failure.
    void setAlarming(int row, bool alarming);

    static constexpr int countRole = Qt::UserRole + 1;
    static constexpr int alarmRole = Qt::UserRole + 2;

protected:
    void changeEvent(QEvent *event) override;

private:
    void paint();

    QStringList m_icons;
};

} // namespace stint
