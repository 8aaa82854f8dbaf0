// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>
#include <QList>

#include <functional>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace stint {

/// A line in place that says what happened or will happen, with what can be done about it. Hidden until it has
/// something to say. GUI thread.
class MessageStrip final : public QFrame
{
    Q_OBJECT

public:
    enum class Kind : std::uint8_t {
        Error,  ///< something went wrong
        Notice, ///< something to decide, or that is not as usual
        Hint,   ///< something to know
        Done,   ///< an action has ended well
    };
    struct Choice {
        QString label;
        std::function<void()> act;
    };

    explicit MessageStrip(QWidget *parent = nullptr);

    void say(Kind kind, const QString &text, const QList<Choice> &choices = {}, bool closable = true);
    void setText(const QString &text);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    /// Closed by the operator.
    void dismissed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void makeButtons(const QList<Choice> &choices);
    void paint();

    Kind m_kind = Kind::Notice;
    bool m_painting = false;
    QList<Choice> m_offered;
    QLabel *m_icon;
    QLabel *m_text;
    QHBoxLayout *m_choices;
    QToolButton *m_close;
};

} // namespace stint
