// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/turnstile.h"

#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace stint {

namespace {
constexpr std::chrono::microseconds betweenTries{100};
} // namespace

Turnstile::Turnstile(const QString &folder)
    : m_file(::open(QFile::encodeName(folder + QStringLiteral("/stint-turn.lock")).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0644))
{
}

Turnstile::~Turnstile()
{
    if (m_file >= 0)
        ::close(m_file);
}

Turnstile::Pass Turnstile::enter(std::chrono::milliseconds patience)
{
    if (m_file < 0)
        return Pass(-1);
    const auto until = std::chrono::steady_clock::now() + patience;
    while (::flock(m_file, LOCK_EX | LOCK_NB) != 0) {
        if (std::chrono::steady_clock::now() >= until)
            return Pass(-1);
        std::this_thread::sleep_for(betweenTries);
    }
    return Pass(m_file);
}

Turnstile::Pass::~Pass()
{
    if (m_file >= 0)
        ::flock(m_file, LOCK_UN);
}

} // namespace stint
