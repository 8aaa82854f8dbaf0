// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/rowjournal.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace stint {

namespace {

[[noreturn]] void refuse(const QString &path)
{
    throw SqliteError(
        Error{ErrorCode::Io,
              QStringLiteral("%1: cannot be written, so nothing was changed: %2").arg(path, QString::fromLocal8Bit(std::strerror(errno)))});
}

} // namespace

QString RowJournal::path()
{
    const QString state = qEnvironmentVariable("XDG_STATE_HOME", QDir::homePath() + QStringLiteral("/.local/state"));
    return state + QStringLiteral("/stint/changed-rows.sql");
}

void RowJournal::add(const char *action, const QString &file, const char *table, const StoredRow &row, Timestamp now)
{
    QString place = file;
    place.replace(u'\n', u' ');
    m_noted += "-- " + toIsoText(now).toLatin1() + ' ' + action + ": was in " + place.toUtf8() + '\n' + row.toSql(table);
}

void RowJournal::write()
{
    if (m_noted.isEmpty())
        return;
    const QString path = RowJournal::path();
    QDir().mkpath(QFileInfo(path).path());
    // One write, so that the lines of two processes do not mix; private, for rows hold requests and credentials.
    const int file = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0)
        refuse(path);
    const bool written
        = ::write(file, m_noted.constData(), static_cast<std::size_t>(m_noted.size())) == m_noted.size() && ::fdatasync(file) == 0;
    const int code = errno;
    ::close(file);
    errno = code;
    if (!written)
        refuse(path);
    m_noted.clear();
}

} // namespace stint
