// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/cli/stintprocess.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>

#include <csignal>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace stint::test {

namespace {

constexpr int patience = 60'000;

QString program()
{
    return QString::fromLatin1(STINT_BIN_DIR "/stint");
}

} // namespace

QJsonValue Answer::json() const
{
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(out, &fault);
    if (fault.error != QJsonParseError::NoError)
        return QJsonValue::Undefined;
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

bool Answer::saidOneLine() const
{
    return err.startsWith("stint: ") && err.endsWith('\n') && err.count('\n') == 1;
}

QSet<qint64> idsOf(const QJsonArray &jobs)
{
    QSet<qint64> ids;
    for (const QJsonValue &job : jobs)
        ids.insert(job["id"_L1].toInteger());
    return ids;
}

Answer runStint(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.start(program(), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(patience))
        return {};
    const bool ended = process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

QString TemporaryStore::write(const QString &name, const QByteArray &content) const
{
    QFile target(file(name));
    return target.open(QIODevice::WriteOnly) && target.write(content) == content.size() ? target.fileName() : QString();
}

qint64 TemporaryStore::enqueue(const QStringList &arguments) const
{
    return run(QStringList{u"enqueue"_s} + arguments).object().value("id"_L1).toInteger();
}

QJsonObject TemporaryStore::show(qint64 id) const
{
    return run({u"show"_s, QString::number(id), u"--json"_s}).object();
}

QString TemporaryStore::state(qint64 id) const
{
    return show(id).value("summary"_L1).toObject().value("state"_L1).toString();
}

QString copyOf(const QString &dataFolder, const QTemporaryDir &target)
{
    const QDir source(QString::fromLatin1(STINT_TEST_DATA) + u'/' + dataFolder);
    const QString copy = target.filePath(dataFolder);
    QDir().mkpath(copy);
    const QDateTime longAgo(QDate(2026, 11, 1), QTime(12, 0), Qt::UTC);
    for (const QFileInfo &file : source.entryInfoList(QDir::Files | QDir::Hidden)) {
        QFile copied(copy + u'/' + file.fileName());
        QFile original(file.filePath());
        if (!original.open(QIODevice::ReadOnly) || !copied.open(QIODevice::ReadWrite) || copied.write(original.readAll()) != file.size()
            || !copied.flush() || !copied.setFileTime(longAgo, QFileDevice::FileModificationTime))
            return {};
    }
    return copy;
}

QStringList fingerprint(const QString &folder)
{
    QStringList lines;
    for (const QFileInfo &info :
         QDir(folder).entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name)) {
        QFile file(info.filePath());
        if (!file.open(QIODevice::ReadOnly))
            return {};
        struct stat status = {};
        ::fstat(file.handle(), &status);
        lines.append(u"%1 %2 %3.%4 %5"_s.arg(info.fileName())
                         .arg(status.st_size)
                         .arg(status.st_mtim.tv_sec)
                         .arg(status.st_mtim.tv_nsec)
                         .arg(QString::fromLatin1(QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex())));
    }
    return lines;
}

BackgroundHost::BackgroundHost(const TemporaryStore &store, const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(program(), QStringList{u"--db"_s, store.path(), u"host"_s} + arguments);
}

BackgroundHost::~BackgroundHost()
{
    if (m_process.state() != QProcess::NotRunning)
        m_process.kill();
    m_process.waitForFinished(patience);
}

bool BackgroundHost::isUp()
{
    return waitForText("hosting ");
}

bool BackgroundHost::waitForText(const QByteArray &text)
{
    QElapsedTimer timer;
    timer.start();
    while (!m_said.contains(text)) {
        const bool more = m_process.waitForReadyRead(static_cast<int>(std::max<qint64>(0, patience - timer.elapsed())));
        m_said += m_process.readAll();
        if (!more && !m_said.contains(text))
            return false;
    }
    return true;
}

void BackgroundHost::signal(int number)
{
    ::kill(static_cast<pid_t>(m_process.processId()), number);
}

int BackgroundHost::waitForEnd()
{
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(patience))
        return -1;
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

} // namespace stint::test
