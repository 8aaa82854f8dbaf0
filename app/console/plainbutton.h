// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPushButton>

namespace stint {

/// A push button that is never the default, with some room around its text. GUI thread.
class PlainButton final : public QPushButton
{
    Q_OBJECT

public:
    explicit PlainButton(const QString &text, QWidget *parent = nullptr)
        : QPushButton(text, parent)
    {
        setAutoDefault(false);
    }
    [[nodiscard]] QSize sizeHint() const override { return QPushButton::sizeHint() + QSize(room, 0); }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

private:
    static constexpr int room = 16;
};

} // namespace stint
