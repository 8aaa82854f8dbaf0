// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "integration/disk/storelife.h"

#include "engine/maintenance/jobrescuer.h"

#include <QDir>
#include <QFile>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint::test {

namespace {

constexpr auto september = std::chrono::sys_days(std::chrono::year(2026) / 9 / 15);
constexpr auto october = std::chrono::sys_days(std::chrono::year(2026) / 10 / 15);
constexpr auto november = std::chrono::sys_days(std::chrono::year(2026) / 11 / 15);
constexpr YearMonth prunedBefore{2026, 10};

QString folderIn(const QString &root)
{
    return root + u"/jobs"_s;
}

QString prunedFile(const QString &root)
{
    return root + u"/old/"_s + MonthArchive::fileName(prunedBefore.previous());
}

HostInfo hostNamed(const QString &id)
{
    return {.id = id, .name = id};
}

} // namespace

StoreLife::StoreLife(QString root, std::function<qint64()> now)
    : m_root(std::move(root))
    , m_now(std::move(now))
{
}

QString StoreLife::folderTemplate()
{
    return (QFile::exists(u"/dev/shm"_s) ? u"/dev/shm"_s : QDir::tempPath()) + u"/stint-XXXXXX"_s;
}

template <typename T, typename Start>
std::optional<T> StoreLife::promise(QMap<std::int64_t, JobState> states, Start &&start)
{
    const std::size_t place = m_promises.size();
    states.remove(0);
    m_promises.push_back({std::move(states), m_now(), {}});
    auto result = waitFor<T>([&](Completion<T> done) {
        start([this, place, done = std::move(done)](Result<T> written) {
            if (written)
                m_promises[place].kept = m_now(); // the caller waits
            done(std::move(written));
        });
    });
    return result ? std::optional(std::move(*result)) : std::nullopt;
}

bool StoreLife::open()
{
    m_store.reset();
    auto opened = SqliteStore::open(folderIn(m_root), OpenMode::Create, m_clock);
    if (opened)
        m_store = *opened;
    return opened.ok();
}

void StoreLife::host()
{
    if (!m_store->beginHosting(hostNamed(u"h"_s), false))
        return;
    (void)JobRescuer(*m_store, *m_clock, 3).rescue(std::nullopt);
}

QList<std::int64_t> StoreLife::enqueue(int count, JobOptions options)
{
    const NewJob job{.name = u"Any"_s, .options = std::move(options), .force = true};
    const auto refs = promise<QList<JobRef>>({}, [&](auto done) {
        m_store->enqueue({std::vector<NewJob>(static_cast<std::size_t>(count), job), {}, 0}, done);
    });
    QList<std::int64_t> ids;
    for (const JobRef &ref : refs.value_or(QList<JobRef>())) {
        ids.append(ref.id);
        m_promises.back().states.insert(ref.id, JobState::Queued);
    }
    ids.resize(count); // of those that there are not: 0
    return ids;
}

std::optional<Job> StoreLife::claim(std::int64_t id)
{
    // What a dead host had claimed is in the queue again, so the claim as such promises nothing.
    const auto claimed = promise<ClaimResult>(
        {}, [&](auto done) { m_store->claim({.hostId = u"h"_s, .poolCapacity = 100, .commands = {u"Any"_s}}, done); });
    if (claimed) {
        for (const Job &job : claimed->jobs) {
            if (job.id == id)
                return job;
        }
    }
    const auto found = m_store->find(id); // claimed with another
    return found && *found && (*found)->queued && (*found)->queued->state == JobState::Started ? (*found)->queued : std::nullopt;
}

void StoreLife::end(const std::optional<Job> &job, AttemptEnd::Kind kind, JobState state, const QMap<std::int64_t, JobState> &others)
{
    if (!job)
        return;
    const QString line = u"what happened in run %1"_s.arg(job->generation);
    m_store->appendLog({{.jobId = job->id, .attempt = job->attempts, .date = m_clock->now(), .message = line}});
    if (job->id % 2 == 1) // the line has a transaction of its own, which may fail alone
        (void)waitFor<void>([&](auto done) { m_store->heartbeat(u"h"_s, {}, {}, done); });
    const AttemptEnd attempt{.kind = kind,
                             .jobId = job->id,
                             .generation = job->generation,
                             .startedDate = job->startedDate,
                             .endedDate = m_clock->now(),
                             .dueDate = kind == AttemptEnd::Kind::Retry ? std::optional(m_clock->now()) : std::nullopt,
                             .hasLogs = true};
    QMap<std::int64_t, JobState> states = others;
    states.insert(job->id, state);
    promise<std::monostate>(states, [&](auto done) {
        m_store->finish(attempt, [done](const Result<void> &written) {
            done(written ? Result<std::monostate>(std::monostate()) : Result<std::monostate>(written.error()));
        });
    });
    m_promises.back().endedJob = job->id;
    m_promises.back().line = line;
}

/// An action that was answered, but not done, promises nothing.
Completion<QList<ActionResult>> StoreLife::ifDone(Completion<QList<ActionResult>> done)
{
    return [done = std::move(done)](Result<QList<ActionResult>> results) {
        if (results && !results->constFirst().done)
            results = Error{ErrorCode::Conflict, results->constFirst().detail};
        done(std::move(results));
    };
}

void StoreLife::cancel(std::int64_t id, const QMap<std::int64_t, JobState> &others)
{
    if (id == 0)
        return;
    QMap<std::int64_t, JobState> states = others;
    states.insert(id, JobState::Cancelled);
    promise<QList<ActionResult>>(states, [&](auto done) { m_store->cancel({.ids = {id}}, ifDone(done)); });
}

void StoreLife::requeue(std::int64_t id)
{
    if (id != 0)
        promise<QList<ActionResult>>({{id, JobState::Queued}}, [&](auto done) { m_store->requeue({.ids = {id}}, {}, ifDone(done)); });
}

/// As another connection may do it at any time.
void StoreLife::checkpoint() const
{
    try {
        (void)SqliteConnection(folderIn(m_root) + u"/jobs.db"_s, "mode=rw").integer("PRAGMA wal_checkpoint(RESTART)");
    } catch (const SqliteError &) {
        return; // one of the faults
    }
}

PruneRequest StoreLife::pruneRequest(const QString &root)
{
    return {.before = prunedBefore, .folder = root + u"/old"_s, .dryRun = false};
}

void StoreLife::prune()
{
    m_pruneBegun = m_now();
    if (m_store->prune(pruneRequest(m_root)))
        m_pruned = m_now();
}

void StoreLife::run()
{
    m_clock->set(Timestamp(september));
    if (!open())
        return;
    host();
    const auto first = enqueue(2);
    end(claim(first.at(0)), AttemptEnd::Kind::Complete, JobState::Completed);
    end(claim(first.at(1)), AttemptEnd::Kind::Fail, JobState::Failed);

    m_clock->set(Timestamp(october));
    const auto tried = enqueue(3);
    const auto children = enqueue(2, {.dependsOn = tried.at(0)});
    const auto doomed = enqueue(1, {.dependsOn = tried.at(1)});
    end(claim(tried.at(0)), AttemptEnd::Kind::Retry, JobState::Queued);
    checkpoint();
    end(claim(tried.at(0)), AttemptEnd::Kind::Complete, JobState::Completed);
    end(claim(tried.at(1)), AttemptEnd::Kind::Fail, JobState::Failed, {{doomed.at(0), JobState::Cancelled}});
    end(claim(children.at(0)), AttemptEnd::Kind::Execute, JobState::Executed);
    end(claim(children.at(1)), AttemptEnd::Kind::Interrupt, JobState::Queued);
    if (!open()) // and with it a checkpoint, and another log
        return;
    host();
    requeue(tried.at(1));
    cancel(tried.at(2));
    end(claim(tried.at(1)), AttemptEnd::Kind::Complete, JobState::Completed);

    m_clock->set(Timestamp(november));
    const auto last = enqueue(4);
    cancel(last.at(0));
    (void)claim(last.at(1));
    cancel(last.at(1)); // while it runs
    prune();
    requeue(last.at(0));
    checkpoint();
    end(claim(last.at(2)), AttemptEnd::Kind::Complete, JobState::Completed);
    requeue(last.at(2)); // its copy has perhaps not left yet
    end(claim(last.at(2)), AttemptEnd::Kind::Fail, JobState::Failed);
}

QString StoreLife::isUsable()
{
    if (!m_store && !open())
        return u"the store cannot be opened"_s;
    const auto ids = enqueue(1);
    if (ids.constFirst() == 0)
        return u"the store takes no job"_s;
    const auto found = m_store->find(ids.constFirst());
    return found && *found ? QString() : u"the store does not find its newest job"_s;
}

qint64 StoreLife::promisesKept(qint64 moment) const
{
    const auto kept = std::count_if(m_promises.cbegin(), m_promises.cend(),
                                    [moment](const Promise &promise) { return promise.kept && *promise.kept <= moment; });
    return kept + (m_pruned && *m_pruned <= moment ? 1 : 0);
}

/// What a host does when it starts.
QString StoreLife::recover(const QString &root, qint64 moment) const
{
    auto opened = SqliteStore::open(folderIn(root), OpenMode::Create, m_clock);
    if (!opened)
        return u"cannot be opened: "_s + opened.error().message;
    const auto &store = *opened;
    if (const auto taken = store->beginHosting(hostNamed(u"r"_s), false); !taken)
        return u"cannot be hosted: "_s + taken.error().message;
    if (const auto rescued = JobRescuer(*store, *m_clock, 3).rescue(std::nullopt); !rescued)
        return u"cannot be rescued: "_s + rescued.error().message;
    const bool pruneWasBegun = m_pruneBegun && *m_pruneBegun < moment && !(m_pruned && *m_pruned <= moment);
    if (pruneWasBegun) {
        if (const auto pruned = store->prune(pruneRequest(root)); !pruned)
            return u"cannot be pruned: "_s + pruned.error().message;
    }
    const auto added = waitFor<QList<JobRef>>([&](auto done) { store->enqueue({{NewJob{.name = u"Any"_s, .force = true}}, {}, 0}, done); });
    if (!added)
        return u"takes no job: "_s + added.error().message;
    for (const Promise &promise : m_promises) {
        const bool kept = promise.kept && *promise.kept <= moment;
        if (kept && !promise.states.isEmpty() && added->constFirst().id <= promise.states.lastKey())
            return u"the id %1 was given twice"_s.arg(added->constFirst().id);
    }
    store->endHosting();
    return {};
}

QString StoreLife::faultAt(const QString &root, qint64 moment) const
{
    if (const QString fault = recover(root, moment); !fault.isEmpty())
        return fault;
    const auto opened = SqliteStore::open(folderIn(root), OpenMode::ReadOnly, m_clock);
    if (!opened)
        return u"cannot be read: "_s + opened.error().message;
    const auto findings = (*opened)->check(false);
    if (!findings)
        return u"cannot be checked: "_s + findings.error().message;
    if (!findings->isEmpty())
        return u"check: "_s + findings->constFirst().message;
    QSet<std::int64_t> ids;
    for (const Promise &promise : m_promises) {
        if (promise.kept && *promise.kept <= moment) {
            for (const std::int64_t id : promise.states.keys())
                ids.insert(id);
        }
    }
    for (const std::int64_t id : std::as_const(ids)) {
        if (const QString fault = faultOf(id, **opened, root, moment); !fault.isEmpty())
            return u"job %1 %2"_s.arg(id).arg(fault);
    }
    return {};
}

QString StoreLife::faultOf(std::int64_t id, const JobStore &store, const QString &root, qint64 moment) const
{
    QList<JobState> allowed;
    for (const Promise &promise : m_promises) {
        const auto state = promise.states.constFind(id);
        if (state == promise.states.cend() || promise.begun >= moment)
            continue;
        if (promise.kept && *promise.kept <= moment)
            allowed.clear();
        allowed.append(*state);
    }
    const auto found = store.find(id);
    if (!found)
        return u"cannot be read: "_s + found.error().message;
    if (!*found) {
        const bool mayBePruned = m_pruneBegun && *m_pruneBegun < moment && QFile::exists(prunedFile(root));
        if (!mayBePruned)
            return u"is gone"_s;
        SqliteConnection file(prunedFile(root), "mode=ro&immutable=1");
        auto row = file.statement("SELECT 1 FROM CompletedJob WHERE Id = ?1 UNION ALL SELECT 1 FROM FailedJob WHERE Id = ?1");
        row.bindAll(id);
        return row.step() ? QString() : u"was pruned away"_s;
    }
    const JobResult &result = **found;
    if (!result.job())
        return u"has only its summary"_s;
    if (!allowed.contains(result.summary.state))
        return u"is "_s + toText(result.summary.state) + u", not "_s + toText(allowed.constLast());
    const auto end = std::find_if(m_promises.crbegin(), m_promises.crend(),
                                  [id, moment](const Promise &promise) { return promise.begun < moment && promise.endedJob == id; });
    const bool isLogged = end != m_promises.crend() && end->kept && *end->kept <= moment && isFinished(result.summary.state)
        && end->states.value(id) == result.summary.state;
    return isLogged && !result.job()->logs.contains(end->line) ? u"has not logged: "_s + end->line : QString();
}

} // namespace stint::test
