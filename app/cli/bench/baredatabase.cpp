// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/bench/baredatabase.h"

#include <QFile>

#include <sqlite3.h>

namespace stint::cli {

namespace {
Error errorOf(sqlite3 *db)
{
    return Error{ErrorCode::Io, QString::fromUtf8(sqlite3_errmsg(db))};
}
} // namespace

BareDatabase::BareDatabase(const QString &path)
{
    if (sqlite3_open(QFile::encodeName(path).constData(), &m_db) != SQLITE_OK) {
        const Error error = errorOf(m_db);
        sqlite3_close(m_db);
        throw error;
    }
}

BareDatabase::~BareDatabase()
{
    sqlite3_close(m_db);
}

void BareDatabase::execute(const QByteArray &sql)
{
    if (sqlite3_exec(m_db, sql.constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw errorOf(m_db);
}

BareStatement::BareStatement(BareDatabase &database, const QByteArray &sql)
    : m_database(database)
{
    if (sqlite3_prepare_v3(database.handle(), sql.constData(), -1, SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr) != SQLITE_OK)
        throw errorOf(database.handle());
}

BareStatement::~BareStatement()
{
    sqlite3_finalize(m_statement);
}

void BareStatement::bind(int at, std::int64_t value)
{
    sqlite3_bind_int64(m_statement, at, value);
}

void BareStatement::bind(int at, const QByteArray &text)
{
    sqlite3_bind_text(m_statement, at, text.constData(), static_cast<int>(text.size()), SQLITE_STATIC);
}

void BareStatement::step()
{
    const int code = sqlite3_step(m_statement);
    sqlite3_reset(m_statement);
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        throw errorOf(m_database.handle());
}

QByteArray BareStatement::text()
{
    QByteArray found;
    if (sqlite3_step(m_statement) == SQLITE_ROW)
        found = QByteArray(reinterpret_cast<const char *>(sqlite3_column_text(m_statement, 0)), sqlite3_column_bytes(m_statement, 0));
    sqlite3_reset(m_statement);
    return found;
}

} // namespace stint::cli
