// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/storereader.h"

#include "engine/threadname.h"

namespace stint {

StoreReader::StoreReader(QObject *parent)
    : QObject(parent)
    , m_thread([this](const std::stop_token &quit) { run(quit); })
{
}

StoreReader::~StoreReader()
{
    cancel();
    m_thread.request_stop();
    m_thread.join();
}

void StoreReader::start(Running running, Read read)
{
    const std::lock_guard lock(m_mutex);
    m_waiting = std::move(read);
    if (running == Running::Stop && m_isRunning) {
        m_running.request_stop();
        m_dropped = m_number;
    }
    m_wake.notify_one();
}

void StoreReader::cancel()
{
    const std::lock_guard lock(m_mutex);
    m_waiting = {};
    m_running.request_stop();
    m_dropped = m_number;
}

bool StoreReader::isBusy() const
{
    const std::lock_guard lock(m_mutex);
    return m_isRunning || m_waiting;
}

void StoreReader::run(const std::stop_token &quit)
{
    nameThread("stint-reader");
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, quit, [this] { return static_cast<bool>(m_waiting); })) {
        const Read read = std::exchange(m_waiting, {});
        m_running = std::stop_source();
        m_isRunning = true;
        const quint64 number = ++m_number;
        const std::stop_token stop = m_running.get_token();
        lock.unlock();
        const Answer answer = read(stop);
        lock.lock();
        m_isRunning = false;
        if (!quit.stop_requested())
            QMetaObject::invokeMethod(
                this, [this, number, answer] { deliver(number, answer); }, Qt::QueuedConnection);
    }
}

void StoreReader::deliver(quint64 number, const Answer &answer)
{
    {
        const std::lock_guard lock(m_mutex);
        if (number <= m_dropped)
            return;
    }
    answer();
}

} // namespace stint
