// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/sqliteerror.h"

#include <sqlite3.h>

namespace stint {

namespace {
ErrorCode codeOf(int sqliteCode)
{
    switch (sqliteCode & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: return ErrorCode::Busy;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH: return ErrorCode::ReadOnly;
    case SQLITE_FULL: return ErrorCode::DiskFull;
    case SQLITE_CORRUPT: return ErrorCode::Damaged;
    case SQLITE_NOTADB: return ErrorCode::Foreign;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: return ErrorCode::Io;
    case SQLITE_INTERRUPT: return ErrorCode::Cancelled;
    case SQLITE_CONSTRAINT: return ErrorCode::Conflict;
    case SQLITE_TOOBIG: return ErrorCode::InvalidArgument;
    default: return ErrorCode::Internal;
    }
}
} // namespace

SqliteError SqliteError::of(sqlite3 *db, int code, const QString &what)
{
    const char *const message = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    return SqliteError(Error{codeOf(code), what + QStringLiteral(": ") + QString::fromUtf8(message)});
}

} // namespace stint
