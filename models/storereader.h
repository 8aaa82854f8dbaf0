// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace stint {

/// Reads on a thread of its own, so that its owner's thread never waits for a store. One read runs and at most one
/// waits: a newer one takes the place of the waiting one. Used on one thread, on which answers arrive.
class StoreReader final : public QObject
{
    Q_OBJECT

public:
    /// What a new read does to the one that runs.
    enum class Running {
        Keep, ///< waits for its end
        Stop, ///< stops it: its answer is no longer wanted
    };

    explicit StoreReader(QObject *parent = nullptr);
    /// Stops what runs and waits for it.
    ~StoreReader() override;

    /// Runs `work` on the reader's thread, then `done` with its value on this object's; `done` is left out if the
    /// read was replaced, stopped or cancelled.
    template <typename Work, typename Done>
    void read(Running running, Work work, Done done)
    {
        start(running, [work = std::move(work), done = std::move(done)](std::stop_token stop) -> Answer {
            auto value = std::make_shared<std::invoke_result_t<Work, std::stop_token>>(work(std::move(stop)));
            return [value, done] { done(std::move(*value)); };
        });
    }

    void cancel();
    /// A read runs or waits.
    [[nodiscard]] bool isBusy() const;

private:
    using Answer = std::function<void()>;
    using Read = std::function<Answer(std::stop_token)>;

    void start(Running running, Read read);
    void run(const std::stop_token &quit);
    void deliver(quint64 number, const Answer &answer);

    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    Read m_waiting;
    std::stop_source m_running; ///< of the read under way
    bool m_isRunning = false;
    quint64 m_number = 0;  ///< of the read under way
    quint64 m_dropped = 0; ///< answers up to this number are not wanted
    std::jthread m_thread;
};

} // namespace stint
