// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <memory>

namespace stint {

/// Tells the models that the store has changed: at once when it was quiet, then at most once an interval however
/// fast it changes. Lives on the models' thread.
class StoreChanges final : public QObject
{
    Q_OBJECT

public:
    explicit StoreChanges(std::shared_ptr<JobStore> store, QObject *parent = nullptr);
    ~StoreChanges() override;

    /// While paused, changes are kept; resuming tells of them.
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const { return m_paused; }
    /// Tells now, changed or not, paused or not.
    void tellNow();
    void setInterval(std::chrono::milliseconds interval) { m_quiet.setInterval(interval); }

Q_SIGNALS:
    void changed();

private:
    void receive();
    void tell();

    std::shared_ptr<JobStore> m_store;
    std::atomic_bool m_queued = false; ///< a call of receive() is on its way
    bool m_pending = false;
    bool m_paused = false;
    QTimer m_quiet;
    int m_subscription = 0;
};

} // namespace stint
