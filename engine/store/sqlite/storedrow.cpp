// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/storedrow.h"

#include "engine/store/sqlite/schema.h"

#include <algorithm>

namespace stint {

namespace {

QByteArray quoted(const QByteArray &name)
{
    return '"' + name + '"';
}

QByteArray blobLiteral(const QByteArray &bytes)
{
    return "X'" + bytes.toHex() + '\'';
}

struct ToLiteral {
    QByteArray operator()(std::nullptr_t) const { return "NULL"; }
    QByteArray operator()(std::int64_t number) const { return QByteArray::number(static_cast<qlonglong>(number)); }
    QByteArray operator()(double number) const { return QByteArray::number(number, 'e', 17); }
    QByteArray operator()(const QByteArray &text) const
    {
        if (text.contains('\0'))
            return "CAST(" + blobLiteral(text) + " AS TEXT)";
        QByteArray escaped = text;
        return '\'' + escaped.replace("'", "''") + '\'';
    }
    QByteArray operator()(const SqlBlob &blob) const { return blobLiteral(blob.bytes); }
};

} // namespace

std::optional<StoredRow> StoredRow::read(SqliteConnection &db, const char *table, std::int64_t id)
{
    const QStringList columns = schema::columns(db, QString::fromLatin1(table));
    if (columns.isEmpty())
        return {};
    QByteArray list;
    for (const QString &column : columns)
        list += (list.isEmpty() ? "" : ", ") + quoted(column.toUtf8());
    const QByteArray sql = "SELECT " + list + " FROM " + quoted(table) + " WHERE Id = ?";
    auto row = db.statement(db.keep(sql));
    row.bind(id);
    if (!row.step())
        return {};
    StoredRow found;
    for (int i = 0; i < columns.size(); ++i)
        found.m_values.emplace_back(columns.at(i).toUtf8(), row.value(i));
    return found;
}

void StoredRow::put(const char *column, SqlValue value)
{
    const auto known = std::find_if(m_values.begin(), m_values.end(), [&](const auto &entry) { return entry.first == column; });
    if (known != m_values.end())
        known->second = std::move(value);
    else
        m_values.emplace_back(column, std::move(value));
}

void StoredRow::insertInto(SqliteConnection &db, const char *table) const
{
    const QStringList present = schema::columns(db, QString::fromLatin1(table));
    QByteArray columns;
    QByteArray places;
    std::vector<const SqlValue *> values;
    for (const auto &[column, value] : m_values) {
        if (!present.contains(QString::fromUtf8(column)))
            continue;
        columns += (columns.isEmpty() ? "" : ", ") + quoted(column);
        places += places.isEmpty() ? "?" : ", ?";
        values.push_back(&value);
    }
    auto insert = db.statement(db.keep("INSERT INTO " + quoted(table) + " (" + columns + ") VALUES (" + places + ')'));
    for (const SqlValue *const value : values)
        insert.bind(*value);
    insert.run();
}

QByteArray StoredRow::toSql(const char *table) const
{
    QByteArray columns;
    QByteArray values;
    for (const auto &[column, value] : m_values) {
        columns += (columns.isEmpty() ? "" : ", ") + quoted(column);
        values += (values.isEmpty() ? "" : ", ") + std::visit(ToLiteral{}, value);
    }
    return "INSERT INTO " + quoted(table) + " (" + columns + ") VALUES (" + values + ");\n";
}

} // namespace stint
