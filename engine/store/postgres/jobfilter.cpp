// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/jobfilter.h"

#include "engine/store/postgres/postgresconnection.h"

#include <QSet>

namespace stint::postgres {

namespace {

/// Columns of JobSummary, and those that only the rows have.
bool isKnown(const QString &name, bool summary)
{
    static const QSet<QString> shared = [] {
        QSet<QString> names;
        for (const char *const known : {"Id",          "ParentId",    "RefId",         "Worker",   "Tag",        "BatchId",   "Callback",
                                        "CreatedDate", "CreatedBy",   "RequestType",   "Command",  "Request",    "UserId",    "Response",
                                        "State",       "StartedDate", "CompletedDate", "Attempts", "DurationMs", "ErrorCode", "Error"})
            names.insert(QString::fromLatin1(known));
        return names;
    }();
    static const QSet<QString> rows = [] {
        QSet<QString> names;
        for (const char *const known :
             {"DependsOn", "RunAfter", "RequestId", "NotifiedDate", "RetryLimit", "TimeoutSecs", "Progress", "Status", "LastActivityDate"})
            names.insert(QString::fromLatin1(known));
        return names;
    }();
    return shared.contains(name) || (!summary && rows.contains(name));
}

QString pattern(const QString &text)
{
    QString escaped = text;
    escaped.replace(u'\\', QStringLiteral("\\\\")).replace(u'%', QStringLiteral("\\%")).replace(u'_', QStringLiteral("\\_"));
    return u'%' + escaped + u'%';
}

} // namespace

FilterSql::FilterSql(Table table, const JobQuery &query)
    : m_table(table)
{
    const JobFilter &filter = query.filter;
    if (!filter.states.isEmpty()) {
        QByteArray states;
        for (const JobState state : filter.states)
            states += (states.isEmpty() ? "'" : ", '") + QByteArray(toText(state).data()) + '\'';
        m_conditions.append(column(QStringLiteral("State")) + " IN (" + states + ')');
    }
    if (filter.worker && filter.worker->isNull())
        m_conditions.append(column(QStringLiteral("Worker")) + " IS NULL");
    else if (filter.worker)
        add(column(QStringLiteral("Worker")) + " = ", *filter.worker);
    if (!filter.name.isEmpty())
        add("coalesce(" + column(QStringLiteral("Command")) + ", " + column(QStringLiteral("Request")) + ") = ", filter.name);
    if (!filter.tag.isEmpty())
        add(column(QStringLiteral("Tag")) + " = ", filter.tag);
    if (!filter.batchId.isEmpty())
        add(column(QStringLiteral("BatchId")) + " = ", filter.batchId);
    if (!filter.text.isEmpty())
        addText(filter);
    if (query.month && query.pane != Pane::Queue) {
        add(column(QStringLiteral("CreatedDate")) + " >= ", PostgresConnection::bound(query.month->begin()));
        add(column(QStringLiteral("CreatedDate")) + " < ", PostgresConnection::bound(query.month->next().begin()));
    }
    if (query.beforeId)
        add(column(QStringLiteral("Id")) + " < ", PostgresConnection::bound(*query.beforeId));
    if (query.afterId)
        add(column(QStringLiteral("Id")) + " > ", PostgresConnection::bound(*query.afterId));
}

QByteArray FilterSql::column(const QString &name) const
{
    const QByteArray quoted = '"' + name.toLatin1() + '"';
    if (m_table == Table::Jobs)
        return quoted;
    if (name == u"State")
        return R"(coalesce(b."State", s."State"))";
    if (name == u"Error")
        return R"(s."ErrorMessage")";
    return "s." + quoted;
}

void FilterSql::add(const QByteArray &condition, const QVariant &value)
{
    m_parameters.append(value);
    m_conditions.append(condition + '$' + QByteArray::number(m_parameters.size()));
}

void FilterSql::addText(const JobFilter &filter)
{
    QStringList wanted = filter.textColumns;
    if (wanted.isEmpty())
        wanted = {QStringLiteral("Id"),      QStringLiteral("RefId"),  QStringLiteral("Command"),
                  QStringLiteral("Request"), QStringLiteral("Worker"), QStringLiteral("Tag")};
    QByteArrayList any;
    const QByteArray sought = "::text ILIKE $" + QByteArray::number(m_parameters.size() + 1);
    for (const QString &name : std::as_const(wanted)) {
        if (isKnown(name, m_table == Table::Summary))
            any.append(column(name) + sought);
    }
    if (!any.isEmpty())
        m_parameters.append(pattern(filter.text));
    m_conditions.append(any.isEmpty() ? QByteArray("false") : '(' + any.join(" OR ") + ')');
}

QByteArray FilterSql::clause(const JobQuery &query, int limit) const
{
    return (m_conditions.isEmpty() ? QByteArray() : " WHERE " + m_conditions.join(" AND ")) + " ORDER BY " + column(QStringLiteral("Id"))
        + (query.isFromBelow() ? " ASC" : " DESC") + " LIMIT " + QByteArray::number(limit);
}

} // namespace stint::postgres
