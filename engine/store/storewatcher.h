// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <functional>
#include <memory>
#include <thread>

namespace stint {

/// Notices commits of any process to a folder's jobs.db: inotify wakes it, `look` decides. Nothing is polled but for
/// one look a second as a net. Both functions are called on its own thread.
class StoreWatcher final
{
public:
    /// `look` returns whether something has changed since it was last asked; `notify` must not block.
    StoreWatcher(const QString &folder, std::function<bool()> look, std::function<void()> notify);
    ~StoreWatcher();
    Q_DISABLE_COPY_MOVE(StoreWatcher)

private:
    void run();
    [[nodiscard]] bool waitForEvent(int timeoutMs) const;
    void lookUntilQuiet();
    [[nodiscard]] bool drainEvents() const;

    std::function<bool()> m_look;
    std::function<void()> m_notify;
    int m_inotify = -1;
    int m_stopEvent = -1;
    mutable bool m_stopping = false;
    std::thread m_thread;
};

} // namespace stint
