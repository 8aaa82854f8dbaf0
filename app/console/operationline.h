// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QWidget>

#include <cstdint>
#include <functional>

class QHBoxLayout;
class QLabel;
class QProgressBar;

namespace stint {

class PlainButton;

/// One thing that takes a while: what it is, how far it is, and a button to stop it; at its end, what came of it. GUI thread.
class OperationLine final : public QWidget
{
    Q_OBJECT

public:
    /// What can be done once it has ended.
    struct Choice {
        QString label;
        std::function<void()> act;
    };

    explicit OperationLine(const QString &text, QWidget *parent = nullptr);

    /// Ignored once it is being stopped.
    void setText(const QString &text);
    /// A total of 0 is not known.
    void setProgress(std::int64_t done, std::int64_t total);
    void end(const QString &text, const QList<Choice> &choices = {});
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void stopWanted();
    void closed();

private:
    void addButton(const QString &label, std::function<void()> act);

    bool m_isStopping = false;
    QLabel *m_text;
    QProgressBar *m_bar;
    QHBoxLayout *m_buttons;
    PlainButton *m_stop;
};

} // namespace stint
