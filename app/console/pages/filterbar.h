// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;

#include "engine/timestamp.h"

#include <optional>

namespace stint {

/// The line above a job table: a text to find, the month of an archive pane, and how many jobs match. GUI thread.
class FilterBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(bool hasMonths, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const;
    void setText(const QString &text);
    void setMonths(const QList<YearMonth> &months);
    [[nodiscard]] std::optional<YearMonth> month() const;
    void setCount(const QString &text);
    void focusText();
    void clear();

Q_SIGNALS:
    void textChanged(const QString &text);
    void monthChanged();
    /// Enter or arrow down: on to the table.
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void tell();
    void paint();

    QLineEdit *m_text;
    QAction *m_searchIcon;
    QComboBox *m_months;
    QLabel *m_count;
    QTimer m_pause; ///< the operator is still typing
    QString m_told;
};

} // namespace stint
