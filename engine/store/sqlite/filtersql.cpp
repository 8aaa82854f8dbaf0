// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/filtersql.h"

#include <QSet>

namespace stint {

namespace {

const QSet<QString> &jobColumnNames()
{
    static const QSet<QString> names = [] {
        QSet<QString> all;
        for (const char *const name :
             {"Id",          "ParentId",    "RefId",       "Worker",           "Tag",          "BatchId",    "Callback", "DependsOn",
              "RunAfter",    "CreatedDate", "CreatedBy",   "RequestId",        "RequestType",  "Command",    "Request",  "UserId",
              "Response",    "State",       "StartedDate", "CompletedDate",    "NotifiedDate", "RetryLimit", "Attempts", "DurationMs",
              "TimeoutSecs", "Progress",    "Status",      "LastActivityDate", "ErrorCode",    "Error"})
            all.insert(QString::fromLatin1(name));
        return all;
    }();
    return names;
}

const QSet<QString> &summaryColumnNames()
{
    static const QSet<QString> names = [] {
        QSet<QString> all = jobColumnNames();
        for (const char *const name :
             {"DependsOn", "RunAfter", "RequestId", "NotifiedDate", "RetryLimit", "TimeoutSecs", "Progress", "Status", "LastActivityDate"})
            all.remove(QString::fromLatin1(name));
        return all;
    }();
    return names;
}

QByteArray pattern(const QString &text)
{
    QString escaped = text;
    escaped.replace(u'\\', QStringLiteral("\\\\")).replace(u'%', QStringLiteral("\\%")).replace(u'_', QStringLiteral("\\_"));
    return (u'%' + escaped + u'%').toUtf8();
}

} // namespace

FilterSql::FilterSql(Table table, const JobFilter &filter)
    : m_table(table)
{
    if (!filter.states.isEmpty()) {
        QByteArray states;
        for (const JobState state : filter.states)
            states += (states.isEmpty() ? "'" : ", '") + QByteArray(toText(state).data()) + '\'';
        add(column(QLatin1StringView("State")) + " IN (" + states + ')');
    }
    if (filter.worker) {
        if (filter.worker->isNull())
            add(column(QLatin1StringView("Worker")) + " IS NULL");
        else
            add(column(QLatin1StringView("Worker")) + " = ?", filter.worker->toUtf8());
    }
    if (!filter.name.isEmpty())
        add("coalesce(" + column(QLatin1StringView("Command")) + ", " + column(QLatin1StringView("Request")) + ") = ?",
            filter.name.toUtf8());
    if (!filter.tag.isEmpty())
        add(column(QLatin1StringView("Tag")) + " = ?", filter.tag.toUtf8());
    if (!filter.batchId.isEmpty())
        add(column(QLatin1StringView("BatchId")) + " = ?", filter.batchId.toUtf8());
    if (!filter.text.isEmpty())
        addText(filter);
}

QByteArray FilterSql::column(QLatin1StringView name) const
{
    if (m_table == Table::Jobs)
        return QByteArray(name.data(), name.size());
    if (name == QLatin1StringView("State"))
        return "coalesce(b.State, s.State)";
    if (name == QLatin1StringView("Error"))
        return "s.ErrorMessage";
    return "s." + QByteArray(name.data(), name.size());
}

void FilterSql::addText(const JobFilter &filter)
{
    QStringList wanted = filter.textColumns;
    if (wanted.isEmpty())
        wanted = {QStringLiteral("Id"),      QStringLiteral("RefId"),  QStringLiteral("Command"),
                  QStringLiteral("Request"), QStringLiteral("Worker"), QStringLiteral("Tag")};
    const QSet<QString> &known = m_table == Table::Jobs ? jobColumnNames() : summaryColumnNames();
    QByteArray any;
    const QByteArray sought = pattern(filter.text);
    for (const QString &name : std::as_const(wanted)) {
        if (!known.contains(name))
            continue;
        any += (any.isEmpty() ? "(" : " OR ") + column(QLatin1StringView(name.toLatin1())) + " LIKE ? ESCAPE '\\'";
        m_parameters.emplace_back(sought);
    }
    add(any.isEmpty() ? QByteArray("0") : any + ')');
}

void FilterSql::add(const QByteArray &condition, const QByteArray &text)
{
    m_conditions.push_back(condition);
    m_parameters.emplace_back(text);
}

void FilterSql::add(const QByteArray &condition, std::int64_t number)
{
    m_conditions.push_back(condition);
    m_parameters.emplace_back(number);
}

void FilterSql::addBounds(const JobQuery &query)
{
    const QByteArray id = column(QLatin1StringView("Id"));
    if (query.beforeId)
        add(id + " < ?", *query.beforeId);
    if (query.afterId)
        add(id + " > ?", *query.afterId);
}

QByteArray FilterSql::clause(const JobQuery &query, int limit) const
{
    QByteArray sql;
    for (const QByteArray &condition : m_conditions)
        sql += (sql.isEmpty() ? " WHERE " : " AND ") + condition;
    return sql + " ORDER BY " + column(QLatin1StringView("Id")) + (query.isFromBelow() ? " ASC" : " DESC") + " LIMIT "
        + QByteArray::number(limit);
}

void FilterSql::bind(SqliteStatement &statement) const
{
    for (const auto &parameter : m_parameters)
        std::visit([&](const auto &value) { statement.bind(value); }, parameter);
}

} // namespace stint
