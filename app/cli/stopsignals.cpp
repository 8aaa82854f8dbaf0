// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/stopsignals.h"

#include "app/cli/output.h"

#include <QSocketNotifier>

#include <array>
#include <atomic>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace stint::cli {

namespace {

constexpr std::array stopping{SIGINT, SIGTERM, SIGHUP};

// What a signal handler may touch: lock-free, and there for as long as the process.
std::atomic<int> arrived = 0;
std::atomic<int> wakeUp = -1;
std::array<int, 2> pipeEnds{-1, -1};
static_assert(std::atomic<int>::is_always_lock_free);

void handle(int)
{
    if (arrived.fetch_add(1) > 0)
        ::_exit(Refused);
    const int savedErrno = errno;
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(wakeUp.load(), &byte, 1);
    errno = savedErrno;
}

void handleWith(void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler; // NOLINT(cppcoreguidelines-pro-type-union-access)
    action.sa_flags = SA_RESTART;
    for (const int signal : stopping) {
        struct sigaction before = {};
        ::sigaction(signal, nullptr, &before);
        if (before.sa_handler != SIG_IGN) // NOLINT: e.g. SIGHUP under nohup
            ::sigaction(signal, &action, nullptr);
    }
}

} // namespace

StopSignals::StopSignals(QObject *parent)
    : QObject(parent)
{
    arrived = 0;
    if (::pipe2(pipeEnds.data(), O_CLOEXEC | O_NONBLOCK) == 0) {
        wakeUp = pipeEnds[1];
        m_notifier = std::make_unique<QSocketNotifier>(pipeEnds[0], QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
            m_notifier->setEnabled(false);
            Q_EMIT stopRequested();
        });
    }
    handleWith(handle);
}

StopSignals::~StopSignals()
{
    handleWith(SIG_DFL);
    m_notifier.reset();
    for (int &end : pipeEnds) {
        ::close(end);
        end = -1;
    }
}

int StopSignals::count()
{
    return arrived.load();
}

} // namespace stint::cli
