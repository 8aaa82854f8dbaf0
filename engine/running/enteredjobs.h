// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/result.h"

#include <QSet>
#include <QString>

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace stint {

/// The jobs whose commands this host has entered, in a file mapped into memory: writing it costs nanoseconds, and it
/// tells the next host exactly which jobs had begun when this one was killed. After another boot of the machine it
/// tells nothing, for a power cut may have kept an older page. Any thread.
class EnteredJobs final
{
public:
    using Attempt = std::pair<std::int64_t, std::int64_t>; ///< id and generation

    /// What a host had entered and not finished.
    struct LeftBehind {
        QString host; ///< its id
        QSet<Attempt> attempts;
    };
    /// Of the last host that was in this folder; nothing where that cannot be known.
    [[nodiscard]] static std::optional<LeftBehind> lastHost(const QString &folder);
    /// Begins anew, for host `hostId`.
    [[nodiscard]] static Result<std::unique_ptr<EnteredJobs>> open(const QString &folder, const QString &hostId);
    ~EnteredJobs();
    Q_DISABLE_COPY_MOVE(EnteredJobs)

    /// How many attempts may be entered at once.
    static constexpr int capacity = 8192;
    /// Notes an attempt and returns its place, to be left when its end is on disk. Waits for one if all are taken.
    [[nodiscard]] int enter(std::int64_t jobId, std::int64_t generation);
    void leave(int place);

private:
    struct File;
    explicit EnteredJobs(File *file);

    File *m_file;
    std::mutex m_mutex;
    std::condition_variable m_left;
    std::vector<int> m_free;
};

} // namespace stint
