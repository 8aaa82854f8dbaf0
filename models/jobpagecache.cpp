// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/jobpagecache.h"

#include <algorithm>
#include <limits>

namespace stint {

namespace {

constexpr int cachedRows = 16'384;
constexpr int newPagesAtOnce = 4;
constexpr int newPageSize = 1'000;
constexpr int rereadFromTop = 1'000; ///< a window that begins above this row is read from the top on
constexpr std::int64_t anyId = std::numeric_limits<std::int64_t>::max();

/// Whether people would see no difference.
bool looksEqual(const Job &left, const Job &right)
{
    return left.state == right.state && left.generation == right.generation && left.attempts == right.attempts
        && left.progress == right.progress && left.estimatedProgress == right.estimatedProgress && left.status == right.status
        && left.durationMs == right.durationMs && left.startedDate == right.startedDate && left.completedDate == right.completedDate
        && left.lastActivityDate == right.lastActivityDate && left.error == right.error && left.errorCode == right.errorCode
        && left.cancelRequested == right.cancelRequested && left.dueDate == right.dueDate && left.notifiedDate == right.notifiedDate
        && left.unknownCommand == right.unknownCommand && left.response == right.response;
}

} // namespace

JobPageCache::JobPageCache(QObject *parent)
    : QObject(parent)
    , m_rows(cachedRows)
{
}

void JobPageCache::reset(std::shared_ptr<JobStore> store, const JobQuery &query)
{
    Q_EMIT aboutToReset();
    m_reader.cancel();
    m_store = std::move(store);
    m_query = query;
    m_ids.clear();
    m_rows.clear();
    m_complete = false;
    m_first = 0;
    m_last = 0;
    m_refreshDue = false;
    Q_EMIT wasReset();
    start({.beforeId = {}, .limit = pageSize, .epoch = m_epoch}, StoreReader::Running::Stop);
}

int JobPageCache::rowOf(std::int64_t id) const
{
    const auto found = std::ranges::lower_bound(m_ids, id, std::ranges::greater{});
    return found != m_ids.end() && *found == id ? static_cast<int>(found - m_ids.begin()) : -1;
}

const Job *JobPageCache::job(int row) const
{
    const Row *found = m_rows.object(idAt(row));
    return found ? &found->job : nullptr;
}

bool JobPageCache::isFresh(int row) const
{
    const Row *found = m_rows.object(idAt(row));
    return found && found->epoch == m_epoch;
}

void JobPageCache::setWindow(int first, int last)
{
    m_first = std::clamp(first, 0, std::max(0, count() - 1));
    m_last = std::clamp(last, m_first, std::max(m_first, count() - 1));
    if (count() == 0)
        return;
    for (int row = m_first; row <= m_last; ++row) {
        if (!isFresh(row)) {
            const bool isAsked
                = m_reader.isBusy() && m_asked.epoch == m_epoch && m_asked.high >= idAt(m_first) && m_asked.low <= idAt(m_last);
            if (!isAsked)
                readWindow(StoreReader::Running::Stop);
            return;
        }
    }
    if (!m_complete && m_last + pageSize / 2 >= count())
        readMore();
}

void JobPageCache::readWindow(StoreReader::Running running)
{
    const int top = m_first < rereadFromTop ? 0 : m_first - pageSize / 2;
    const int bottom = std::min(count() - 1, m_last + pageSize / 2);
    m_asked = {idAt(top), idAt(bottom), m_epoch};
    start({.newerThan = m_refreshDue && count() > 0 ? std::optional(m_ids.front()) : std::nullopt,
           .beforeId = idAt(top) + 1,
           .limit = std::max(bottom - top + 1, m_complete ? pageSize : 1),
           .epoch = m_epoch},
          running);
}

void JobPageCache::refresh()
{
    ++m_epoch;
    m_refreshDue = true;
    if (count() == 0)
        start({.limit = pageSize, .epoch = m_epoch}, StoreReader::Running::Keep);
    else
        readWindow(StoreReader::Running::Keep);
}

void JobPageCache::readMore()
{
    if (!m_complete && count() > 0 && !m_reader.isBusy())
        start({.beforeId = m_ids.back(), .limit = 2 * pageSize, .epoch = m_epoch}, StoreReader::Running::Keep);
}

void JobPageCache::start(const Order &order, StoreReader::Running running)
{
    if (!m_store)
        return;
    m_reader.read(
        running, [store = m_store, query = m_query, order](const std::stop_token &stop) { return readPages(*store, query, order, stop); },
        [this](Answer answer) { accept(std::move(answer)); });
}

JobPageCache::Answer JobPageCache::readPages(const JobStore &store, JobQuery query, const Order &order, const std::stop_token &stop)
{
    Answer answer{.epoch = order.epoch};
    std::optional<std::int64_t> newerThan = order.newerThan;
    for (int page = 0; newerThan && page < newPagesAtOnce; ++page) {
        query.beforeId.reset();
        query.afterId = newerThan;
        query.limit = newPageSize;
        auto found = store.list(query, stop);
        if (!found) {
            answer.error = found.error();
            return answer;
        }
        answer.moreNew = found->more;
        if (!found->jobs.isEmpty()) {
            const std::int64_t high = found->jobs.front().id;
            answer.stretches.push_back({high, *newerThan + 1, std::move(found->jobs)});
            newerThan = high;
        }
        if (!answer.moreNew)
            break;
    }

    query.afterId.reset();
    query.beforeId = order.beforeId;
    query.limit = order.limit;
    auto found = store.list(query, stop);
    if (!found) {
        answer.error = found.error();
        return answer;
    }
    answer.complete = !found->more;
    answer.problems = found->problems;
    const std::int64_t low = found->more && !found->jobs.isEmpty() ? found->jobs.back().id : 0;
    answer.stretches.push_back({order.beforeId ? *order.beforeId - 1 : anyId, low, std::move(found->jobs)});
    return answer;
}

void JobPageCache::accept(Answer answer)
{
    if (answer.error) {
        if (answer.error->code != ErrorCode::Cancelled)
            Q_EMIT failed(*answer.error);
        return;
    }
    const bool newestRead = answer.epoch == m_epoch;
    for (const Stretch &stretch : answer.stretches)
        merge(stretch, answer.epoch);
    if (answer.complete || count() == 0 || answer.stretches.back().low <= m_ids.back())
        m_complete = answer.complete;
    m_refreshDue = m_refreshDue && (!newestRead || answer.moreNew);
    Q_EMIT read(answer.problems);
    if (m_refreshDue && !m_reader.isBusy() && count() > 0)
        readWindow(StoreReader::Running::Keep);
}

void JobPageCache::merge(const Stretch &stretch, quint64 epoch)
{
    // Both lists fall; rows between `high` and `low` that the store no longer gives are gone.
    auto isAbove = [this](std::size_t index, std::int64_t id) { return m_ids[index] > id; };
    std::size_t row = 0;
    row = static_cast<std::size_t>(std::ranges::lower_bound(m_ids, stretch.high, std::ranges::greater{}) - m_ids.begin());
    int changedFirst = -1;
    int changedLast = -1;
    auto store = [&](const Job &job) { m_rows.insert(job.id, new Row{job, epoch}); };
    auto removeRun = [&](std::size_t end) {
        Q_EMIT aboutToRemove(static_cast<int>(row), static_cast<int>(end) - 1);
        for (std::size_t index = row; index < end; ++index)
            m_rows.remove(m_ids[index]);
        m_ids.erase(m_ids.begin() + static_cast<std::ptrdiff_t>(row), m_ids.begin() + static_cast<std::ptrdiff_t>(end));
        Q_EMIT removed();
    };
    auto flushChanged = [&] {
        if (changedFirst >= 0)
            Q_EMIT updated(changedFirst, changedLast);
        changedFirst = -1;
    };

    qsizetype next = 0;
    while (next < stretch.jobs.size()) {
        const Job &job = stretch.jobs[next];
        std::size_t gone = row;
        while (gone < m_ids.size() && isAbove(gone, job.id))
            ++gone;
        if (gone > row) {
            flushChanged();
            removeRun(gone);
        }
        if (row < m_ids.size() && m_ids[row] == job.id) {
            const Row *known = m_rows.object(job.id);
            if (!known || !looksEqual(known->job, job)) {
                changedFirst = changedFirst < 0 ? static_cast<int>(row) : changedFirst;
                changedLast = static_cast<int>(row);
            }
            store(job);
            ++row;
            ++next;
            continue;
        }
        // A run of rows that are not known yet.
        const std::int64_t below = row < m_ids.size() ? m_ids[row] : std::numeric_limits<std::int64_t>::min();
        qsizetype end = next;
        std::vector<std::int64_t> ids;
        while (end < stretch.jobs.size() && stretch.jobs[end].id > below)
            ids.push_back(stretch.jobs[end++].id);
        flushChanged();
        const int first = static_cast<int>(row);
        const int last = first + static_cast<int>(ids.size()) - 1;
        Q_EMIT aboutToInsert(first, last);
        m_ids.insert(m_ids.begin() + first, ids.begin(), ids.end());
        for (; next < end; ++next)
            store(stretch.jobs[next]);
        Q_EMIT inserted(first, last);
        row = static_cast<std::size_t>(last) + 1;
    }
    flushChanged();
    std::size_t gone = row;
    while (gone < m_ids.size() && m_ids[gone] >= stretch.low)
        ++gone;
    if (gone > row)
        removeRun(gone);
}

} // namespace stint
