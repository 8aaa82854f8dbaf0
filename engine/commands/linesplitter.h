// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

#include <functional>

namespace stint {

/// Cuts what a process writes into lines of text. Invalid UTF-8 and NUL become U+FFFD; a line longer than `lineLimit`
/// bytes comes in pieces. One thread at a time.
class LineSplitter final
{
public:
    static constexpr qsizetype lineLimit = 64 * 1024;

    explicit LineSplitter(std::function<void(const QString &)> line)
        : m_line(std::move(line))
    {
    }

    void write(QByteArrayView bytes);
    /// Hands out a last line that has no end.
    void finish();

    /// Bytes as text, as the lines are.
    [[nodiscard]] static QString toText(QByteArrayView bytes);
    /// The same bytes without the rest of a character that was cut at their begin.
    [[nodiscard]] static QByteArrayView fromWholeCharacter(QByteArrayView bytes);

private:
    void handOutLine();
    void handOutFullLine();

    std::function<void(const QString &)> m_line;
    QByteArray m_rest;
};

} // namespace stint
