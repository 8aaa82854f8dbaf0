// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/rangeexport.h"

#include "engine/exportlines.h"
#include "engine/jobreader.h"
#include "engine/panerow.h"

#include <algorithm>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

constexpr int longestPage = 1000; // rows

/// The export of jobs by two threads. Each takes a range of ids, reads it and makes lines of it by itself; they write by turns,
/// in the order of the ids.
class RangeExport final
{
public:
    RangeExport(const JobStore &store, const JobExport &what, const QStringList &columns, QIODevice &output, const ExportProgress &progress,
                const std::stop_token &stop)
        : m_store(store)
        , m_what(what)
        , m_columns(columns)
        , m_output(output)
        , m_progress(progress)
        , m_stopped(stop, [this] { m_stop.request_stop(); })
    {
    }

    Result<std::int64_t> run()
    {
        const auto found = findEnds();
        if (m_stop.stop_requested())
            return exportCancelled();
        if (!found)
            return found.error();
        {
            const std::jthread other([this] { work(); });
            work();
        }
        if (m_failure)
            return *m_failure;
        return m_rows;
    }

private:
    struct Range {
        std::int64_t number = 0;
        std::int64_t lowest = 0;
        std::int64_t highest = 0;
        bool isLast = false;
        std::int64_t rows = 0; ///< read so far
        int pageRows = 0;      ///< that the next page may have, by the size of those rows
    };

    [[nodiscard]] JobQuery everything() const
    {
        return {.pane = *m_what.pane,
                .month = m_what.month,
                .filter = m_what.filter,
                .limit = longestPage,
                .detail = panerow::detailFor(*m_what.pane, m_columns)};
    }

    /// The ids of the pane go from m_lowest to m_highest; none: m_atEnd. Whether they match is not asked: that could take long.
    Result<void> findEnds()
    {
        JobQuery query{.pane = *m_what.pane, .month = m_what.month, .limit = 1};
        auto newest = m_store.list(query, m_stop.get_token());
        if (!newest)
            return newest.error();
        query.afterId = std::numeric_limits<std::int64_t>::min();
        auto oldest = m_store.list(query, m_stop.get_token());
        if (!oldest)
            return oldest.error();
        const QStringList problems = newest->problems + oldest->problems;
        if (!problems.isEmpty())
            return Error{ErrorCode::Damaged, problems.constFirst()};
        m_atEnd = newest->jobs.isEmpty();
        if (!m_atEnd)
            m_highest = m_lowest = newest->jobs.constFirst().id;
        if (!oldest->jobs.isEmpty())
            m_lowest = std::min(oldest->jobs.constFirst().id, m_highest);
        if (m_highest == std::numeric_limits<std::int64_t>::max())
            m_span = 1; // no id lies above to begin at: a range of that row alone needs none
        return {};
    }

    /// On both threads. An exception on one would leave the other waiting.
    void work() noexcept
    {
        ExportLines lines(m_what, m_columns);
        JobReader reader(m_store, everything());
        while (auto range = takeRange()) {
            reader.moveTo(below(*range), above(*range));
            while (!reader.atEnd()) {
                const auto jobs = readPage(reader);
                if (!jobs)
                    return;
                for (const Job &job : *jobs)
                    lines.add(job);
                range->rows += jobs->size();
                range->pageRows = reader.pageRows();
                if (!writePage(*range, jobs->size(), reader.atEnd(), lines))
                    return;
            }
        }
    }

    // The last range is open: there may be what the lowest id that was asked for leaves out, the lowest number of all.
    [[nodiscard]] static std::optional<std::int64_t> below(const Range &range)
    {
        return range.isLast ? std::nullopt : std::optional(range.lowest - 1);
    }
    [[nodiscard]] static std::optional<std::int64_t> above(const Range &range)
    {
        return range.highest == std::numeric_limits<std::int64_t>::max() ? std::nullopt : std::optional(range.highest + 1);
    }

    /// The next ids below; nothing at the end.
    std::optional<Range> takeRange()
    {
        const std::lock_guard lock(m_mutex);
        if (m_atEnd)
            return {};
        // As a difference of unsigned numbers, for ids may be as far apart as they like.
        const auto left = static_cast<std::uint64_t>(m_highest) - static_cast<std::uint64_t>(m_lowest);
        m_atEnd = left < m_span;
        const Range range{.number = m_rangesTaken++,
                          .lowest = m_atEnd ? m_lowest : m_highest - static_cast<std::int64_t>(m_span - 1),
                          .highest = m_highest,
                          .isLast = m_atEnd};
        if (!m_atEnd)
            m_highest = range.lowest - 1;
        return range;
    }

    /// Nothing where it went wrong.
    std::optional<QList<Job>> readPage(JobReader &reader)
    {
        auto jobs = reader.next(m_stop.get_token());
        if (jobs && !m_stop.stop_requested() && reader.problems().isEmpty())
            return std::move(*jobs);
        const std::lock_guard lock(m_mutex);
        fail(m_stop.stop_requested() ? exportCancelled() : jobs ? Error{ErrorCode::Damaged, reader.problems().constFirst()} : jobs.error());
        return {};
    }

    /// Waits until the ranges before are written; false where that is not to come.
    bool writePage(const Range &range, qsizetype rows, bool endsRange, ExportLines &lines)
    {
        std::unique_lock lock(m_mutex);
        if (!m_turn.wait(lock, m_stop.get_token(), [&] { return m_rangesWritten == range.number; })) {
            fail(exportCancelled());
            return false;
        }
        // The other waits for its turn, or reads meanwhile.
        lock.unlock();
        const auto written = lines.flush(m_output);
        if (written)
            tell(rows);
        lock.lock();
        if (!written) {
            fail(written.error());
            return false;
        }
        if (endsRange) {
            ++m_rangesWritten;
            fitSpan(range);
            m_turn.notify_all();
        }
        return true;
    }

    void tell(qsizetype rows)
    {
        m_rows += rows;
        if (m_progress)
            m_progress(m_rows);
    }

    /// So many ids that their rows fill a page, should the next ones be like these: while a thread has a second page of its
    /// range before it, the other waits. With m_mutex held.
    void fitSpan(const Range &range)
    {
        const auto ids = static_cast<std::uint64_t>(range.highest) - static_cast<std::uint64_t>(range.lowest) + 1;
        const auto rows = static_cast<std::uint64_t>(std::max<std::int64_t>(range.rows, 1));
        const auto wanted = static_cast<std::uint64_t>(range.pageRows);
        if (rows > wanted)
            m_span = std::max<std::uint64_t>(ids / rows * wanted, 1);
        else // the other's range may have told of more room meanwhile
            m_span = std::max(m_span, std::min(ids * std::min(wanted / rows, fastestGrowth), longestSpan));
    }

    /// With m_mutex held. The first failure counts: the others are of its making.
    void fail(const Error &error)
    {
        if (!m_failure)
            m_failure = error;
        m_stop.request_stop();
    }

    static constexpr std::uint64_t fastestGrowth = 8;
    static constexpr std::uint64_t longestSpan = std::uint64_t{1} << 60; // so that it can grow once more in 64 bits

    const JobStore &m_store;
    const JobExport &m_what;
    const QStringList &m_columns;
    QIODevice &m_output;
    const ExportProgress &m_progress;
    std::stop_source m_stop;
    std::int64_t m_rows = 0; ///< written: of the thread whose turn it is, as is the output

    std::mutex m_mutex; ///< guards all behind it
    std::condition_variable_any m_turn;
    std::int64_t m_lowest = 0;
    std::int64_t m_highest = 0; ///< of the ids that no thread has taken
    bool m_atEnd = false;
    std::uint64_t m_span = longestPage; ///< how many ids the next range has
    std::int64_t m_rangesTaken = 0;
    std::int64_t m_rangesWritten = 0; ///< the number of the range whose turn it is
    std::optional<Error> m_failure;

    std::stop_callback<std::function<void()>> m_stopped; ///< the last member: it uses the others
};

} // namespace

Error exportCancelled()
{
    return {ErrorCode::Cancelled, u"the export was cancelled"_s};
}

Result<std::int64_t> exportRanges(const JobStore &store, const JobExport &what, const QStringList &columns, QIODevice &output,
                                  const ExportProgress &progress, const std::stop_token &stop)
{
    return RangeExport(store, what, columns, output, progress, stop).run();
}

} // namespace stint
