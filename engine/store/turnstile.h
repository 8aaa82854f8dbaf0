// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <chrono>

namespace stint {

/// The file `stint-turn.lock` beside a store: who is about to take the store's write lock passes it first. SQLite gives
/// the write lock to whoever tries at the right moment, so a host that commits back to back would shut out others; here
/// they queue. One thread at a time. Where the file cannot be made, everybody passes at once.
class Turnstile final
{
public:
    /// Holds the turnstile until it goes out of scope.
    class Pass final
    {
    public:
        explicit Pass(int file)
            : m_file(file)
        {
        }
        ~Pass();
        Q_DISABLE_COPY_MOVE(Pass)

    private:
        int m_file;
    };

    explicit Turnstile(const QString &folder);
    ~Turnstile();
    Q_DISABLE_COPY_MOVE(Turnstile)

    /// Waits until it is free, at most `patience`: who is stopped while it holds it must not halt the others.
    [[nodiscard]] Pass enter(std::chrono::milliseconds patience);

private:
    int m_file;
};

} // namespace stint
