// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

namespace stint::cli {

/// What `stint bench` does.
struct BenchPlan {
    int jobs = 20'000;   ///< of each round
    int producers = 1;   ///< threads that enqueue
    int workers = 0;     ///< named workers that share the jobs; 0: the unnamed pool
    int concurrency = 0; ///< of the pool; 0: the host's default
    int batch = 100;     ///< jobs an enqueue call; 1: each job waits for its own commit
    int history = 0;     ///< jobs that are in the archive already
    int rounds = 5;
    bool isNormal = false; ///< `synchronous = NORMAL`: a power cut may lose the last commits
};

/// What one round gave.
struct BenchRound {
    double enqueuePerSecond = 0;
    double executePerSecond = 0;  ///< all jobs were enqueued before
    double endToEndPerSecond = 0; ///< enqueued while the host runs, until the last is archived
    double startP50Ms = 0;        ///< from the call that enqueues one job on an idle host to the job's first line
    double startP95Ms = 0;
    double startP99Ms = 0;
    std::int64_t syncs = 0;   ///< fsync and fdatasync calls of the end-to-end part
    double jobsPerCommit = 0; ///< of jobs.db, end to end
    double bytesPerJob = 0;   ///< on disk, finished
    double bareEndToEndPerSecond = 0;

    [[nodiscard]] double ratioToBare() const { return endToEndPerSecond / bareEndToEndPerSecond; }
};

} // namespace stint::cli
