// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/sqlitestatement.h"

#include "engine/store/sqlite/sqliteconnection.h"

#include <sqlite3.h>

namespace stint {

namespace {

/// Null for SQL NULL.
QString textOf(QByteArrayView utf8)
{
    return utf8.isNull() ? QString() : utf8.isEmpty() ? QStringLiteral("") : QString::fromUtf8(utf8);
}

} // namespace

SqliteStatement::~SqliteStatement()
{
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
}

void SqliteStatement::check(int code) const
{
    if (code != SQLITE_OK)
        throw m_connection.lastError(code);
}

SqliteStatement &SqliteStatement::bind(std::int64_t value)
{
    check(sqlite3_bind_int64(m_statement, m_next++, value));
    return *this;
}

SqliteStatement &SqliteStatement::bind(double value)
{
    check(sqlite3_bind_double(m_statement, m_next++, value));
    return *this;
}

SqliteStatement &SqliteStatement::bind(std::nullptr_t)
{
    ++m_next; // unbound is NULL
    return *this;
}

SqliteStatement &SqliteStatement::bind(const QString &text)
{
    return text.isNull() ? bind(nullptr) : bind(text.toUtf8());
}

SqliteStatement &SqliteStatement::bind(const QByteArray &text)
{
    if (text.isNull())
        return bind(nullptr);
    m_held.append(text);
    check(
        sqlite3_bind_text64(m_statement, m_next++, text.constData(), static_cast<sqlite3_uint64>(text.size()), SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

SqliteStatement &SqliteStatement::bind(Timestamp moment)
{
    return bind(toStoreText(moment));
}

SqliteStatement &SqliteStatement::bind(JobState state)
{
    return bind(toText(state));
}

SqliteStatement &SqliteStatement::bind(QLatin1StringView literal)
{
    check(sqlite3_bind_text(m_statement, m_next++, literal.data(), static_cast<int>(literal.size()), SQLITE_STATIC));
    return *this;
}

SqliteStatement &SqliteStatement::bind(const SqlBlob &blob)
{
    m_held.append(blob.bytes);
    check(
        sqlite3_bind_blob64(m_statement, m_next++, blob.bytes.constData(), static_cast<sqlite3_uint64>(blob.bytes.size()), SQLITE_STATIC));
    return *this;
}

SqliteStatement &SqliteStatement::bind(const SqlValue &value)
{
    std::visit([this](const auto &held) { bind(held); }, value);
    return *this;
}

bool SqliteStatement::step()
{
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        throw m_connection.lastError(code);
    return false;
}

void SqliteStatement::run()
{
    while (step()) { }
}

int SqliteStatement::parameterCount() const
{
    return sqlite3_bind_parameter_count(m_statement);
}

bool SqliteStatement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

double SqliteStatement::real(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

QByteArrayView SqliteStatement::view(int column) const
{
    const auto *const text = sqlite3_column_text(m_statement, column);
    return text ? QByteArrayView(text, sqlite3_column_bytes(m_statement, column)) : QByteArrayView();
}

QByteArray SqliteStatement::bytes(int column) const
{
    const QByteArrayView text = view(column);
    return text.isNull() ? QByteArray() : text.isEmpty() ? QByteArray("") : text.toByteArray();
}

QString SqliteStatement::text(int column) const
{
    return textOf(view(column));
}

QString SqliteStatement::repeatedText(int column) const
{
    const QByteArrayView utf8 = view(column);
    if (utf8.isEmpty())
        return textOf(utf8);
    if (m_repeated.empty())
        m_repeated.resize(static_cast<std::size_t>(sqlite3_column_count(m_statement)));
    QString &last = m_repeated[static_cast<std::size_t>(column)];
    if (QAnyStringView(last) != QUtf8StringView(utf8))
        last = textOf(utf8);
    return last;
}

std::optional<std::int64_t> SqliteStatement::optionalInteger(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<int> SqliteStatement::optionalInt(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(sqlite3_column_int(m_statement, column));
}

std::optional<double> SqliteStatement::optionalReal(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(real(column));
}

SqlValue SqliteStatement::value(int column) const
{
    switch (sqlite3_column_type(m_statement, column)) {
    case SQLITE_NULL: return nullptr;
    case SQLITE_INTEGER: return integer(column);
    case SQLITE_FLOAT: return real(column);
    case SQLITE_BLOB: {
        const auto *const bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
        return SqlBlob{QByteArray(bytes, sqlite3_column_bytes(m_statement, column))};
    }
    default: return bytes(column);
    }
}

std::optional<Timestamp> SqliteStatement::date(int column) const
{
    return isNull(column) ? std::nullopt : parseTimestamp(view(column));
}

} // namespace stint
