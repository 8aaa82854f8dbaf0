// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/storecheck.h"

#include "engine/store/hostlock.h"
#include "engine/store/sqlite/jobrow.h"
#include "engine/store/sqlite/schema.h"

#include <QFile>

#include <deque>
#include <thread>

namespace stint {

namespace {
constexpr int chunkSize = 5000;
constexpr qsizetype suspectLimit = 1000;

QString stateWord(JobState state)
{
    return QString(toText(state)).toLower();
}
} // namespace

/// Goes through a table's ids upwards, a chunk a snapshot.
class StoreCheck::Cursor final
{
public:
    Cursor(const SqliteReader &reader, QString path, const char *table)
        : m_reader(reader)
        , m_path(std::move(path))
        , m_table(table)
    {
        fill();
    }

    [[nodiscard]] bool atEnd() const { return m_rows.empty(); }
    [[nodiscard]] std::int64_t id() const { return m_rows.front().first; }
    [[nodiscard]] const Row &row() const { return m_rows.front().second; }
    void next()
    {
        m_rows.pop_front();
        if (m_rows.empty())
            fill();
    }

private:
    void fill()
    {
        if (m_last < 0)
            return;
        m_rows = m_reader.snapshot(m_path, [this](ReadConnection &file) {
            std::deque<std::pair<std::int64_t, Row>> rows;
            if (!file.hasTable(m_table))
                return rows;
            const QByteArray generation = file.hasColumn(m_table, QLatin1StringView("Generation")) ? "Generation" : "0";
            auto query = file.db().statement(
                file.keep("SELECT Id, State, " + generation + ", CreatedDate FROM " + m_table + " WHERE Id > ? ORDER BY Id LIMIT ?"));
            query.bindAll(m_last, chunkSize);
            while (query.step())
                rows.emplace_back(
                    query.integer(0),
                    Row{parseJobState(query.view(1)).value_or(JobState::Queued), query.integer(2), query.date(3).value_or(Timestamp{})});
            return rows;
        });
        m_last = m_rows.size() == chunkSize ? m_rows.back().first : -1;
    }

    const SqliteReader &m_reader;
    QString m_path;
    const char *m_table;
    std::int64_t m_last = 0;
    std::deque<std::pair<std::int64_t, Row>> m_rows;
};

QList<CheckFinding> StoreCheck::run()
{
    m_hostAlive = !HostLock::holder(m_reader.folder()).isEmpty();
    checkFiles();
    scan();
    confirm();
    checkSequence();
    for (const auto &[month, count] : m_absent) {
        const bool exists = m_births.contains(month);
        m_findings.append({.note = true,
                           .message = exists
                               ? QStringLiteral("%1 is younger than %2 jobs that it lacks").arg(MonthArchive::fileName(month)).arg(count)
                               : QStringLiteral("%1 is not there: %2 finished jobs have only their summary")
                                     .arg(MonthArchive::fileName(month))
                                     .arg(count)});
    }
    return m_findings;
}

void StoreCheck::checkFiles()
{
    const auto look = [this](const QString &path, auto &&andThen) {
        try {
            m_reader.snapshot(path, [&](ReadConnection &file) {
                auto result = file.db().statement("PRAGMA quick_check(1)");
                const QString message = result.step() ? result.text(0) : QString();
                if (message != u"ok")
                    throw SqliteError(Error{ErrorCode::Damaged, path + QStringLiteral(": ") + message});
                andThen(file);
                return 0;
            });
            return true;
        } catch (const SqliteError &error) {
            m_findings.append({.message = error.error().message});
            return false;
        }
    };
    look(m_reader.queuePath(), [this](ReadConnection &file) { m_ours = SqliteReader::isOurs(file); });
    for (const YearMonth month : m_reader.months()) {
        const bool readable = look(m_reader.monthPath(month), [&](ReadConnection &file) {
            m_births[month] = parseTimestamp(schema::storeValue(file.db(), "birth").toLatin1());
        });
        if (!readable)
            m_unreadable.insert(month);
    }
}

void StoreCheck::scan()
{
    Cursor summaries(m_reader, m_reader.queuePath(), "JobSummary");
    Cursor queue(m_reader, m_reader.queuePath(), "BackgroundJob");
    struct Source {
        YearMonth month;
        bool completed;
        Cursor cursor;
    };
    std::vector<Source> archives;
    for (const auto &[month, birth] : m_births) {
        archives.push_back({month, true, Cursor(m_reader, m_reader.monthPath(month), "CompletedJob")});
        archives.push_back({month, false, Cursor(m_reader, m_reader.monthPath(month), "FailedJob")});
    }
    for (;;) {
        std::optional<std::int64_t> id;
        const auto consider = [&](const Cursor &cursor) {
            if (!cursor.atEnd() && (!id || cursor.id() < *id))
                id = cursor.id();
        };
        consider(summaries);
        consider(queue);
        for (const Source &source : archives)
            consider(source.cursor);
        if (!id)
            return;
        Traces traces;
        const auto take = [&](Cursor &cursor, auto &&keep) {
            if (!cursor.atEnd() && cursor.id() == *id) {
                keep(cursor.row());
                cursor.next();
            }
        };
        take(summaries, [&](const Row &row) { traces.summary = row; });
        take(queue, [&](const Row &row) { traces.live = row; });
        for (Source &source : archives)
            take(source.cursor, [&](const Row &row) { traces.archived.append({source.month, source.completed, row}); });
        m_highestId = std::max(m_highestId, *id);
        if (!verdict(*id, traces).isEmpty() && m_suspects.size() < suspectLimit)
            m_suspects.append(*id);
    }
}

void StoreCheck::confirm()
{
    if (m_suspects.isEmpty())
        return;
    // A living host moves jobs all the time; what stays wrong for a second is wrong.
    if (m_hostAlive)
        std::this_thread::sleep_for(std::chrono::seconds{1});
    for (const std::int64_t id : std::as_const(m_suspects)) {
        if (const QString wrong = verdict(id, lookUp(id)); !wrong.isEmpty())
            m_findings.append({.jobId = id, .message = QStringLiteral("job %1 %2").arg(id).arg(wrong)});
    }
    if (m_suspects.size() == suspectLimit)
        m_findings.append(
            {.message = QStringLiteral("there may be more: only the first %1 jobs were looked at closely").arg(suspectLimit)});
}

StoreCheck::Traces StoreCheck::lookUp(std::int64_t id) const
{
    Traces traces;
    const auto readRow = [id](ReadConnection &file, const char *table) -> std::optional<Row> {
        if (!file.hasTable(table))
            return {};
        const QByteArray generation = file.hasColumn(table, QLatin1StringView("Generation")) ? "Generation" : "0";
        auto query = file.db().statement(file.keep("SELECT State, " + generation + ", CreatedDate FROM " + table + " WHERE Id = ?"));
        query.bind(id);
        if (!query.step())
            return {};
        return Row{parseJobState(query.view(0)).value_or(JobState::Queued), query.integer(1), query.date(2).value_or(Timestamp{})};
    };
    m_reader.snapshot(m_reader.queuePath(), [&](ReadConnection &file) {
        traces.summary = readRow(file, "JobSummary");
        traces.live = readRow(file, "BackgroundJob");
        return 0;
    });
    for (const auto &[month, birth] : m_births) {
        m_reader.snapshot(m_reader.monthPath(month), [&, month = month](ReadConnection &file) {
            for (const bool completed : {true, false}) {
                if (const auto row = readRow(file, completed ? "CompletedJob" : "FailedJob"))
                    traces.archived.append({month, completed, *row});
            }
            return 0;
        });
    }
    return traces;
}

QString StoreCheck::verdict(std::int64_t id, const Traces &traces)
{
    Q_UNUSED(id)
    if (traces.archived.size() > 1) {
        QStringList places;
        for (const Archived &copy : traces.archived)
            places.append(QStringLiteral("%1 (%2)").arg(MonthArchive::fileName(copy.month),
                                                        copy.completed ? QStringLiteral("completed") : QStringLiteral("failed")));
        return QStringLiteral("is in more than one place: %1").arg(places.join(QStringLiteral(", ")));
    }
    if (traces.live && !traces.archived.isEmpty())
        return QStringLiteral("is in the queue (%1) and in %2")
            .arg(stateWord(traces.live->state), MonthArchive::fileName(traces.archived.constFirst().month));
    if (traces.live && m_ours && isFinished(traces.live->state))
        return QStringLiteral("is %1 but has not left the queue").arg(stateWord(traces.live->state));
    const std::optional<Row> row = traces.live ? traces.live
        : traces.archived.isEmpty()            ? std::nullopt
                                               : std::optional(traces.archived.constFirst().row);
    if (row && !traces.summary)
        return QStringLiteral("is %1 but has no summary").arg(stateWord(row->state));
    if (!row) {
        const YearMonth month = YearMonth::of(traces.summary->createdDate);
        if (m_unreadable.contains(month))
            return {}; // the finding about the file says it all
        if (!isFinished(traces.summary->state))
            return QStringLiteral("is %1 by its summary but is nowhere").arg(stateWord(traces.summary->state));
        const auto birth = m_births.find(month);
        if (birth == m_births.end() || (birth->second && *birth->second > traces.summary->createdDate)) {
            ++m_absent[month];
            return {};
        }
        return QStringLiteral("is %1 by its summary but not in %2").arg(stateWord(traces.summary->state), MonthArchive::fileName(month));
    }
    const bool agrees = traces.live ? isFinished(traces.summary->state) == isFinished(row->state)
            && (row->state == JobState::Executed) == (traces.summary->state == JobState::Executed)
                                    : traces.summary->state == row->state;
    return agrees ? QString()
                  : QStringLiteral("is %1 but its summary says %2").arg(stateWord(row->state), stateWord(traces.summary->state));
}

void StoreCheck::checkSequence()
{
    const std::int64_t sequence = m_reader.snapshot(m_reader.queuePath(), [](ReadConnection &file) {
        return file.db().integer("SELECT seq FROM sqlite_sequence WHERE name = 'BackgroundJob'");
    });
    m_sequenceLow = sequence < m_highestId;
    if (m_sequenceLow)
        m_findings.append({.message = QStringLiteral("the next id would be %1, but job %2 exists").arg(sequence + 1).arg(m_highestId)});
}

void StoreCheck::repair(SqliteWriter &writer, QList<CheckFinding> &findings)
{
    if (m_sequenceLow)
        writer.db().run("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'BackgroundJob'", m_highestId);
    for (CheckFinding &finding : findings) {
        if (finding.jobId)
            repairJob(writer, *finding.jobId, finding);
        else if (m_sequenceLow && finding.message.startsWith(u"the next id"))
            finding.repaired = true;
    }
    writer.resume();
}

void StoreCheck::repairJob(SqliteWriter &writer, std::int64_t id, CheckFinding &finding)
{
    Traces traces = lookUp(id);
    if (!traces.live && traces.archived.isEmpty())
        return; // nothing to make it from
    // The higher generation is true; among equals the one that the summary names.
    const auto truer = [&](const Archived &a, const Archived &b) {
        if (a.row.generation != b.row.generation)
            return a.row.generation > b.row.generation;
        return traces.summary && a.row.state == traces.summary->state && b.row.state != traces.summary->state;
    };
    std::sort(traces.archived.begin(), traces.archived.end(), truer);
    const bool liveIsTrue
        = traces.live && (traces.archived.isEmpty() || traces.live->generation >= traces.archived.constFirst().row.generation);
    if (traces.live && !liveIsTrue) {
        writer.db().run("DELETE FROM BackgroundJob WHERE Id = ? AND Generation < ?", id, traces.archived.constFirst().row.generation);
        traces.live.reset();
    }
    if (traces.live && !isFinished(traces.live->state)) {
        for (const Archived &copy : std::as_const(traces.archived))
            writer.removeStaleLater(copy.month, id, traces.live->generation - 1);
    } else if (!traces.live) {
        for (qsizetype i = 1; i < traces.archived.size(); ++i)
            writer.months().removeCopy(traces.archived.at(i).month, id, traces.archived.at(i).completed);
    }
    const Row truth = traces.live ? *traces.live : traces.archived.constFirst().row;
    if (traces.summary) {
        writer.db().run("UPDATE JobSummary SET State = ? WHERE Id = ?", truth.state, id);
    } else if (const auto job = traces.live ? std::nullopt : writer.months().read(traces.archived.constFirst().month, id)) {
        writer.db().run(
            "INSERT INTO JobSummary (Id, ParentId, RefId, Worker, Tag, BatchId, CreatedDate, CreatedBy, RequestType, Command, Request, "
            "Response, UserId, Callback, StartedDate, CompletedDate, State, DurationMs, Attempts, ErrorCode, ErrorMessage) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            job->id, job->parentId, job->refId, job->worker, job->tag, job->batchId, job->createdDate, job->createdBy, job->requestType,
            job->command, job->request, job->response, job->userId, job->callback, job->startedDate, job->completedDate, job->state,
            job->durationMs, job->attempts, job->errorCode, job->error ? job->error->message : QString());
    } else {
        writer.db().run(
            "INSERT INTO JobSummary (Id, ParentId, RefId, Worker, Tag, BatchId, CreatedDate, CreatedBy, RequestType, Command, Request, "
            "UserId, Callback, State, DurationMs, Attempts) SELECT Id, ParentId, RefId, Worker, Tag, BatchId, CreatedDate, CreatedBy, "
            "RequestType, Command, Request, UserId, Callback, State, DurationMs, Attempts FROM BackgroundJob WHERE Id = ?",
            id);
    }
    finding.repaired = true;
}

} // namespace stint
