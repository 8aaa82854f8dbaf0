// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/storewatcher.h"

#include "engine/threadname.h"

#include <QFile>

#include <array>
#include <chrono>
#include <string_view>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace stint {

namespace {
using namespace std::chrono_literals;

/// An event comes before the commit that it announces, so the looks go on for a while after the last one.
constexpr auto firstLook = 100us;
constexpr auto quietTime = 30ms;
constexpr auto restAfterNotice = 10ms;
constexpr int netMs = 1000;
} // namespace

StoreWatcher::StoreWatcher(const QString &folder, std::function<bool()> look, std::function<void()> notify)
    : m_look(std::move(look))
    , m_notify(std::move(notify))
    , m_inotify(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    , m_stopEvent(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    if (m_inotify >= 0)
        ::inotify_add_watch(m_inotify, QFile::encodeName(folder).constData(), IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_TO);
    m_thread = std::thread([this] { run(); });
}

StoreWatcher::~StoreWatcher()
{
    ::eventfd_write(m_stopEvent, 1);
    m_thread.join();
    ::close(m_inotify);
    ::close(m_stopEvent);
}

void StoreWatcher::run()
{
    nameThread("stint-watcher");
    m_look();
    m_notify(); // what came between the subscription and this look
    while (!m_stopping) {
        if (waitForEvent(netMs))
            lookUntilQuiet();
        else if (!m_stopping && m_look())
            m_notify();
    }
}

/// Whether an event about jobs.db or its log came in time.
bool StoreWatcher::waitForEvent(int timeoutMs) const
{
    std::array<pollfd, 2> files{pollfd{m_stopEvent, POLLIN, 0}, pollfd{m_inotify, POLLIN, 0}};
    if (::poll(files.data(), files.size(), timeoutMs) <= 0)
        return false;
    m_stopping = files[0].revents != 0;
    return !m_stopping && drainEvents();
}

bool StoreWatcher::drainEvents() const
{
    alignas(inotify_event) std::array<char, 8192> buffer{};
    bool relevant = false;
    for (ssize_t size = 0; (size = ::read(m_inotify, buffer.data(), buffer.size())) > 0;) {
        for (const char *at = buffer.data(); at < buffer.data() + size;) {
            const auto *const event = reinterpret_cast<const inotify_event *>(at);
            if (event->len > 0 && std::string_view(event->name).starts_with("jobs.db"))
                relevant = true;
            at += sizeof(inotify_event) + event->len;
        }
    }
    return relevant;
}

void StoreWatcher::lookUntilQuiet()
{
    auto quietSince = std::chrono::steady_clock::now();
    std::chrono::microseconds pause = firstLook;
    while (!m_stopping && std::chrono::steady_clock::now() - quietSince < quietTime) {
        if (m_look()) {
            m_notify();
            pause = restAfterNotice;
        }
        pollfd stop{m_stopEvent, POLLIN, 0};
        const timespec wait{0, std::chrono::nanoseconds(pause).count()};
        if (::ppoll(&stop, 1, &wait, nullptr) > 0)
            m_stopping = true;
        pause = pause == restAfterNotice ? std::chrono::microseconds(firstLook)
                                         : std::min<std::chrono::microseconds>(pause * 2, restAfterNotice);
        if (drainEvents()) {
            quietSince = std::chrono::steady_clock::now();
            pause = std::min<std::chrono::microseconds>(pause, firstLook);
        }
    }
}

} // namespace stint
