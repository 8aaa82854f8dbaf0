// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace stint {

/// Asks before something that cannot be taken back: what, what comes of it, and a button that says what it does beside
/// one that leaves things as they are, which is the default. GUI thread.
class QuestionDialog : public QDialog
{
    Q_OBJECT

public:
    QuestionDialog(const QString &question, const QString &consequence, const QString &act, const QString &keep, QWidget *parent);

protected:
    /// Puts a text above the buttons. The dialog grows and shrinks with it.
    void addDetail(QLabel *text);
    [[nodiscard]] QPushButton *actButton() const { return m_act; }

private:
    QVBoxLayout *m_layout;
    QPushButton *m_act;
};

} // namespace stint
