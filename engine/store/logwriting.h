// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/logging.h"
#include "engine/store/unwrittenlines.h"
#include "engine/store/writeside.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <memory>

namespace stint {

/// Writes the log lines of jobs. Nobody waits for a line, so nobody else would write it again if its transaction failed:
/// here it is, with a later line of its job and before the end of its attempt, in the same transaction. What holds them
/// up holds up no other job. Any thread may append; the rest is the writer's. It outlives the side that it is used with.
template <typename Target>
class LogWriting final
{
public:
    /// Waits while very many operations wait.
    void append(WriteSide<Target> &side, QList<LogLine> lines)
    {
        if (lines.isEmpty())
            return;
        const auto entry = std::make_shared<Append>(Append{std::move(lines)});
        side.postBounded([this, entry](Target &target) { write(target, *entry); },
                         [this, entry](const Result<void> &written) { settle(*entry, written); }, waitingLimit);
    }

    /// Within the transaction that ends an attempt of the job, before the end.
    void writeRest(Target &target, std::int64_t jobId) const
    {
        if (m_unwritten.has(jobId))
            writeMissing(target, jobId);
    }
    /// To be told whether that end is on disk, before `done` is.
    [[nodiscard]] Completion<void> settling(std::int64_t jobId, Completion<void> done)
    {
        return [this, jobId, done = std::move(done)](Result<void> written) {
            if (m_unwritten.has(jobId) && (written || written.error().code == ErrorCode::Conflict)) // recorded already
                m_unwritten.forget(jobId);
            else if (m_unwritten.has(jobId) && !passes(written.error().code))
                giveUp(jobId, written.error());
            if (done)
                done(std::move(written));
        };
    }

private:
    static constexpr std::size_t waitingLimit = 20'000;
    struct Append {
        QList<LogLine> lines;
        bool isKept = false; ///< beside lines of its jobs that failed just now, or as one of them
        /// What is kept of its jobs that it writes, for all of its transaction.
        QHash<std::int64_t, UnwrittenLines::Mark> retried = {};
    };

    /// Perhaps several times, as a transaction is begun again. What is kept is kept at once, for the end of the attempt
    /// may be next in this transaction.
    void write(Target &target, Append &entry)
    {
        if (entry.isKept)
            return;
        if (entry.retried.isEmpty() && m_unwritten.restFor(entry.lines))
            return keep(entry);
        try {
            for (const std::int64_t jobId : m_unwritten.jobsOf(entry.lines)) {
                if (m_retried.contains(jobId) && !entry.retried.contains(jobId))
                    continue;
                m_retried.insert(jobId);
                entry.retried.insert(jobId, m_unwritten.markOf(jobId));
                writeMissing(target, jobId);
            }
            target.appendLog(entry.lines);
        } catch (const typename Target::Failure &failure) {
            if (passes(failure.error().code)) {
                keep(entry);
                m_unwritten.rest();
            }
            throw;
        }
    }

    void keep(Append &entry)
    {
        entry.isKept = true;
        m_unwritten.keep(entry.lines);
    }

    void settle(Append &entry, const Result<void> &written)
    {
        for (auto job = entry.retried.cbegin(); job != entry.retried.cend(); ++job)
            m_retried.remove(job.key());
        if (entry.isKept)
            return;
        if (!written && passes(written.error().code)) {
            keep(entry);
            return m_unwritten.rest();
        }
        if (!written)
            return giveUp(entry.lines.constFirst().jobId, written.error());
        for (auto job = entry.retried.cbegin(); job != entry.retried.cend(); ++job)
            m_unwritten.forgetUpTo(job.key(), job.value());
    }

    /// Some may be on disk: written just now in this transaction, or by one whose commit was not answered.
    void writeMissing(Target &target, std::int64_t jobId) const
    {
        QList<LogLine> lines = m_unwritten.of(jobId);
        for (const QString &message : target.loggedSince(jobId, lines.constFirst().date)) {
            const auto same = std::find_if(lines.cbegin(), lines.cend(), [&](const LogLine &line) { return line.message == message; });
            if (same != lines.cend())
                lines.erase(same);
        }
        target.appendLog(lines);
    }

    void giveUp(std::int64_t jobId, const Error &error)
    {
        qCWarning(logStore).noquote() << "Lines of the log of job" << jobId << "are lost:" << error.message;
        m_unwritten.forget(jobId);
    }

    /// What another try may get past.
    [[nodiscard]] static bool passes(ErrorCode code)
    {
        return code == ErrorCode::DiskFull || code == ErrorCode::Io || code == ErrorCode::Busy;
    }

    UnwrittenLines m_unwritten;
    QSet<std::int64_t> m_retried; ///< jobs of which this transaction writes what was kept
};

} // namespace stint
