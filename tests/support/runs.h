// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobcontext.h"

#include <QStringList>

#include <condition_variable>
#include <mutex>

namespace stint::test {

/// Counts runs by name.
class Runs final
{
public:
    void enter(const QString &name)
    {
        const std::lock_guard lock(m_mutex);
        m_order.append(name);
    }
    [[nodiscard]] QStringList order() const
    {
        const std::lock_guard lock(m_mutex);
        return m_order;
    }
    [[nodiscard]] int count(const QString &name) const { return static_cast<int>(order().count(name)); }

private:
    mutable std::mutex m_mutex;
    QStringList m_order;
};

/// Blocks until the job is asked to stop.
inline void waitForStop(JobContext &context)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait(lock, context.stopToken(), [] { return false; });
}

} // namespace stint::test
