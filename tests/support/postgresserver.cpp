// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "support/postgresserver.h"

#include <QFile>
#include <QTest>

#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace stint::test {

namespace {

constexpr int patienceMs = 60'000;

/// PostgreSQL refuses to run as root.
QStringList asServerUser()
{
    QStringList command{u"setpriv"_s, u"--pdeathsig"_s, u"INT"_s};
    if (::geteuid() == 0)
        command << u"--reuid"_s << u"postgres"_s << u"--regid"_s << u"postgres"_s << u"--clear-groups"_s;
    return command;
}

} // namespace

PostgresServer::~PostgresServer()
{
    m_server.terminate();
    if (!m_server.waitForFinished(patienceMs))
        m_server.kill();
}

QString PostgresServer::run(const QString &program, const QStringList &arguments)
{
    QStringList command = asServerUser() << QStringLiteral(STINT_POSTGRES_BIN "/") + program << arguments;
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(m_folder.path());
    const QString first = command.takeFirst();
    process.start(first, command);
    if (!process.waitForFinished(patienceMs))
        return program + u": did not end"_s;
    const QString said = QString::fromUtf8(process.readAll()).trimmed();
    return process.exitCode() == 0 ? QString() : said;
}

QString PostgresServer::start()
{
    if (::geteuid() == 0) {
        const passwd *const user = ::getpwnam("postgres");
        if (!user || ::chown(QFile::encodeName(m_folder.path()).constData(), user->pw_uid, user->pw_gid) != 0)
            return u"there is no user postgres"_s;
    }
    const QString data = m_folder.filePath(u"data"_s);
    if (const QString said
        = run(u"initdb"_s,
              {u"-D"_s, data, u"-U"_s, u"stint"_s, u"-A"_s, u"trust"_s, u"-E"_s, u"UTF8"_s, u"--locale=C.UTF-8"_s, u"--no-sync"_s});
        !said.isEmpty())
        return said;
    QStringList command = asServerUser() << QStringLiteral(STINT_POSTGRES_BIN "/postgres") << u"-D"_s << data << u"-k"_s << m_folder.path()
                                         << u"-h"_s << QString() << u"-F"_s << u"-c"_s << u"shared_buffers=32MB"_s;
    m_server.setWorkingDirectory(m_folder.path());
    m_server.setStandardErrorFile(m_folder.filePath(u"log"_s));
    const QString first = command.takeFirst();
    m_server.start(first, command);
    if (!m_server.waitForStarted(patienceMs))
        return m_server.errorString();
    const bool ready = QTest::qWaitFor(
        [this] {
            return m_server.state() == QProcess::NotRunning || run(u"pg_isready"_s, {u"-h"_s, m_folder.path()}).isNull();
        },
        patienceMs);
    if (ready && m_server.state() == QProcess::Running)
        return {};
    QFile log(m_folder.filePath(u"log"_s));
    return log.open(QIODevice::ReadOnly) ? QString::fromUtf8(log.readAll()) : u"the server did not start"_s;
}

QString PostgresServer::execute(const QString &sql, const QString &database)
{
    return run(u"psql"_s,
               {u"-h"_s, m_folder.path(), u"-U"_s, u"stint"_s, u"-d"_s, database, u"-q"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s, u"-c"_s, sql});
}

QString PostgresServer::createDatabase()
{
    const QString name = u"jobs%1"_s.arg(++m_databases);
    if (const QString said = execute(u"CREATE DATABASE "_s + name); !said.isEmpty())
        qWarning().noquote() << said;
    return u"postgresql://stint@/%1?host=%2"_s.arg(name, m_folder.path());
}

void PostgresServer::cutConnections()
{
    (void)execute(u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'stint'"_s);
}

} // namespace stint::test
