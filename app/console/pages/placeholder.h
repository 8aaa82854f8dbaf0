// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QPushButton;
class QLabel;

namespace stint {

/// What stands in a pane that has no rows: why, and what to do next. GUI thread.
class Placeholder final : public QWidget
{
    Q_OBJECT

public:
    explicit Placeholder(QWidget *parent = nullptr);

    /// An empty `action` leaves the button out.
    void say(const QString &icon, const QString &headline, const QString &text, const QString &action = {});
    [[nodiscard]] QString headline() const;

Q_SIGNALS:
    void acted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void paint();

    QString m_iconName;
    QLabel *m_icon;
    QLabel *m_headline;
    QLabel *m_text;
    QPushButton *m_action;
};

} // namespace stint
