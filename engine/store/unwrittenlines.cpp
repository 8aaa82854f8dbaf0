// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/unwrittenlines.h"

#include <algorithm>

namespace stint {

namespace {
/// Of one job: as much as its joined log may have.
constexpr qsizetype jobLimit = 1'000'000; // bytes
constexpr qsizetype limit = 16'000'000;   // bytes
constexpr std::chrono::seconds restTime{1};

qsizetype bytesOf(const LogLine &line)
{
    return static_cast<qsizetype>(sizeof(LogLine)) + line.message.size() * static_cast<qsizetype>(sizeof(QChar));
}
} // namespace

void UnwrittenLines::keep(const QList<LogLine> &lines)
{
    for (const LogLine &line : lines) {
        Kept &kept = m_jobs[line.jobId];
        const qsizetype bytes = bytesOf(line);
        if (kept.refusedCount > 0 || kept.bytes + bytes > jobLimit || m_bytes + bytes > limit) {
            kept.refused = line;
            kept.refused.message.clear();
            ++kept.refusedCount;
            continue;
        }
        kept.lines.append(line);
        kept.bytes += bytes;
        m_bytes += bytes;
    }
}

void UnwrittenLines::rest()
{
    m_restUntil = std::chrono::steady_clock::now() + restTime;
}

void UnwrittenLines::forget(std::int64_t jobId)
{
    m_bytes -= m_jobs.take(jobId).bytes;
}

UnwrittenLines::Mark UnwrittenLines::markOf(std::int64_t jobId) const
{
    const auto kept = m_jobs.constFind(jobId);
    return kept == m_jobs.constEnd() ? Mark{} : Mark{kept->lines.size(), kept->refusedCount};
}

void UnwrittenLines::forgetUpTo(std::int64_t jobId, Mark mark)
{
    const auto kept = m_jobs.find(jobId);
    if (kept == m_jobs.end())
        return;
    for (qsizetype i = 0; i < mark.lines; ++i) {
        const qsizetype bytes = bytesOf(kept->lines.at(i));
        kept->bytes -= bytes;
        m_bytes -= bytes;
    }
    kept->lines.remove(0, mark.lines);
    kept->refusedCount -= mark.refused;
    if (kept->lines.isEmpty() && kept->refusedCount == 0)
        m_jobs.erase(kept);
}

QList<LogLine> UnwrittenLines::of(std::int64_t jobId) const
{
    const Kept kept = m_jobs.value(jobId);
    QList<LogLine> lines = kept.lines;
    // One that broke its transaction is known before those that were lost with it.
    std::stable_sort(lines.begin(), lines.end(), [](const LogLine &a, const LogLine &b) { return a.date < b.date; });
    if (kept.refusedCount > 0) {
        LogLine last = kept.refused;
        last.level = LogLevel::Warning;
        last.message = QStringLiteral("%1 lines are lost that the disk did not take").arg(kept.refusedCount);
        lines.append(last);
    }
    return lines;
}

bool UnwrittenLines::restFor(const QList<LogLine> &lines) const
{
    return !m_jobs.isEmpty() && std::chrono::steady_clock::now() < m_restUntil && !jobsOf(lines).isEmpty();
}

QList<std::int64_t> UnwrittenLines::jobsOf(const QList<LogLine> &lines) const
{
    QList<std::int64_t> jobs;
    if (m_jobs.isEmpty())
        return jobs;
    for (const LogLine &line : lines) {
        if (has(line.jobId) && !jobs.contains(line.jobId))
            jobs.append(line.jobId);
    }
    return jobs;
}

} // namespace stint
