// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/list.h"

#include "app/cli/jobtable.h"
#include "app/cli/jsonobject.h"
#include "engine/clock.h"
#include "engine/jobqueue.h"
#include "engine/panerow.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

constexpr int pageRows = 500;
// As many as the admin API gives at once, and as a person looks through.
constexpr std::int64_t jsonLimit = 1000;
constexpr std::int64_t tableLimit = 100;

/// Where the rows go: one by one, in the form asked for.
class RowSink
{
public:
    virtual ~RowSink() = default;
    virtual void add(const Job &job) = 0;
    virtual void finish() = 0;

protected:
    RowSink() = default;
    Q_DISABLE_COPY_MOVE(RowSink)
};

class JsonSink final : public RowSink
{
public:
    JsonSink(Output &output, Pane pane, jobjson::Format format)
        : m_output(output)
        , m_pane(pane)
        , m_format(std::move(format))
    {
    }
    void add(const Job &job) override
    {
        m_output.write(m_isFirst ? "[" : ",\n");
        m_output.write(panerow::toJson(m_pane, job, m_format));
        m_isFirst = false;
    }
    void finish() override { m_output.write(m_isFirst ? "[]\n" : "]\n"); }

private:
    Output &m_output;
    Pane m_pane;
    jobjson::Format m_format;
    bool m_isFirst = true;
};

class DefaultTableSink final : public RowSink
{
public:
    DefaultTableSink(Output &output, Pane pane)
        : m_table(output, jobtable::headings(pane))
        , m_pane(pane)
        , m_now(SystemClock().now())
    {
    }
    void add(const Job &job) override { m_table.add(jobtable::cells(m_pane, job, m_now)); }
    void finish() override { m_table.finish(); }

private:
    TextTable m_table;
    Pane m_pane;
    Timestamp m_now;
};

class FieldTableSink final : public RowSink
{
public:
    FieldTableSink(Output &output, Pane pane, const QStringList &fields, jobjson::Format format)
        : m_table(output, headings(fields))
        , m_pane(pane)
        , m_fields(fields)
        , m_format(std::move(format))
    {
    }
    void add(const Job &job) override
    {
        QList<TextTable::Cell> cells;
        for (const QString &field : m_fields)
            cells.append({panerow::text(m_pane, job, field, m_format)});
        m_table.add(std::move(cells));
    }
    void finish() override { m_table.finish(); }

private:
    static QList<TextTable::Heading> headings(const QStringList &fields)
    {
        QList<TextTable::Heading> headings;
        for (const QString &field : fields)
            headings.append({field});
        return headings;
    }

    TextTable m_table;
    Pane m_pane;
    QStringList m_fields;
    jobjson::Format m_format;
};

} // namespace

ListVerb::ListVerb(CLI::App &app)
    : Verb(app, "list", "List the jobs of a pane, newest first")
{
    addParsed(
        parser(), "--pane", m_pane,
        [](const QString &text) -> std::optional<std::optional<Pane>> {
            if (text == u"scheduled")
                return std::optional<Pane>();
            const auto pane = parsePane(text);
            return pane ? std::make_optional(pane) : std::nullopt;
        },
        "a pane: queue, completed, failed, all, scheduled", "queue (default), completed, failed, all or scheduled")
        ->type_name("PANE");
    m_filter.addMonthTo(parser());
    m_filter.addTo(parser());
    addText(parser(), "--text", m_filter.filter.text, "Jobs whose id, RefId, name, worker or tag contain this")->type_name("TEXT");
    addParsed(parser(), "--limit", m_limit, value::id, "a whole number above 0", "At most so many (default 100, with --json 1000)")
        ->type_name("N");
    addParsed(parser(), "--after", m_after, value::id, "the id of a job", "Go on behind this row: only ids below it")->type_name("ID");
    addParsed(parser(), "--fields", m_fields, value::names, "a list of names", "Only these, e.g. id,state,error")->type_name("A,B");
    parser().add_flag("--json", m_json, "Write a JSON array, every column as the admin API has it");
    parser().add_flag("--reveal", m_reveal, "Show the credentials in replyTo");
}

std::int64_t ListVerb::limit() const
{
    return m_limit.value_or(m_json ? jsonLimit : tableLimit);
}

int ListVerb::run(const QString &location)
{
    const auto store = JobQueue::openStore(location, OpenMode::ReadOnly);
    if (!store)
        return fail(store.error());
    return m_pane ? listJobs(**store, *m_pane) : listTasks(**store);
}

int ListVerb::listJobs(const JobStore &store, Pane pane)
{
    const auto fields = panerow::resolve(pane, m_fields);
    if (!fields)
        return fail(u"--fields: "_s + fields.error().message, BadUsage);
    const jobjson::Format format{m_fields, m_reveal};
    std::unique_ptr<RowSink> sink;
    if (m_json)
        sink = std::make_unique<JsonSink>(m_output, pane, format);
    else if (m_fields.isEmpty())
        sink = std::make_unique<DefaultTableSink>(m_output, pane);
    else
        sink = std::make_unique<FieldTableSink>(m_output, pane, *fields, format);

    const bool isDefaultTable = !m_json && m_fields.isEmpty();
    JobReader reader(store,
                     {.pane = pane,
                      .month = m_filter.month,
                      .filter = m_filter.filter,
                      .beforeId = m_after,
                      .limit = static_cast<int>(std::min<std::int64_t>(limit(), pageRows)),
                      .detail = isDefaultTable ? RowDetail::Light : panerow::detailFor(pane, *fields)});
    std::int64_t left = limit();
    std::int64_t lastId = 0;
    bool isCut = false;
    while (left > 0 && !reader.atEnd()) {
        const auto jobs = reader.next();
        if (!jobs)
            return fail(jobs.error());
        const auto taken = std::min<qsizetype>(jobs->size(), left);
        for (const Job &job : jobs->first(taken))
            sink->add(job);
        lastId = taken > 0 ? jobs->at(taken - 1).id : lastId;
        left -= taken;
        isCut = taken < jobs->size() || !reader.atEnd();
    }
    sink->finish();
    for (const QString &problem : reader.problems())
        warn(problem);
    if (isCut && !m_limit && m_output.flush())
        warn(u"there are more: go on with --after %1, or set --limit"_s.arg(lastId));
    return m_output.finish(reader.problems().isEmpty() ? Done : Refused);
}

int ListVerb::listTasks(const JobStore &store)
{
    auto tasks = store.scheduledTasks();
    if (!tasks)
        return fail(tasks.error());
    const QStringList known = jobjson::taskFields();
    for (const QString &field : std::as_const(m_fields)) {
        if (!known.contains(field, Qt::CaseInsensitive))
            return fail(u"--fields: there is no column \"%1\" in this pane, but: %2"_s.arg(field, known.join(u", "_s)), BadUsage);
    }
    std::sort(tasks->begin(), tasks->end(), [](const ScheduledTask &a, const ScheduledTask &b) { return a.id > b.id; });
    QList<ScheduledTask> shown;
    for (const ScheduledTask &task : std::as_const(*tasks)) {
        if ((!m_after || task.id < *m_after) && shown.size() < limit())
            shown.append(task);
    }
    if (m_json) {
        QByteArrayList rows;
        for (const ScheduledTask &task : std::as_const(shown))
            rows.append(jobjson::toJson(task, {m_fields, m_reveal}));
        m_output.write(toJsonArray(rows) + '\n');
        return m_output.finish(Done);
    }
    TextTable table(m_output, jobtable::taskHeadings());
    const Timestamp now = SystemClock().now();
    for (const ScheduledTask &task : std::as_const(shown))
        table.add(jobtable::cells(task, now));
    table.finish();
    return m_output.finish(Done);
}

} // namespace stint::cli
