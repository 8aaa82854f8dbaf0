// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/clock.h"

#include "engine/logging.h"
#include "engine/threadname.h"

#include <cerrno>
#include <thread>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace stint {

namespace {

/// A thread that sleeps until the kernel tells that the clock on the wall was set.
class ClockWatch final
{
public:
    explicit ClockWatch(std::function<void()> listener)
        : m_listener(std::move(listener))
        , m_timer(::timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK))
        , m_stop(::eventfd(0, EFD_CLOEXEC))
        , m_thread([this] { run(); })
    {
    }
    ~ClockWatch()
    {
        ::eventfd_write(m_stop, 1);
        m_thread.join();
        ::close(m_stop);
        ::close(m_timer);
    }
    Q_DISABLE_COPY_MOVE(ClockWatch)

private:
    /// For a moment that never comes: the kernel ends the wait when the clock is set. Source: timerfd_create(2).
    [[nodiscard]] bool arm() const
    {
        itimerspec never{};
        never.it_value.tv_sec = 9'000'000'000; // in the year 2255
        return ::timerfd_settime(m_timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, nullptr) == 0;
    }
    void run()
    {
        nameThread("stint-clock");
        while (arm()) {
            pollfd files[]{{m_timer, POLLIN, 0}, {m_stop, POLLIN, 0}};
            if (::poll(files, std::size(files), -1) < 0 && errno != EINTR)
                break;
            if (files[1].revents != 0)
                return;
            std::uint64_t expirations = 0;
            if (::read(m_timer, &expirations, sizeof expirations) < 0 && errno == ECANCELED)
                m_listener();
        }
        qCWarning(logHost) << "It is not noticed when the clock is set: no timer";
    }

    const std::function<void()> m_listener;
    const int m_timer;
    const int m_stop;
    std::thread m_thread; ///< begins last
};

} // namespace

std::shared_ptr<void> SystemClock::whenSet(std::function<void()> listener) const
{
    return std::make_shared<ClockWatch>(std::move(listener));
}

} // namespace stint
