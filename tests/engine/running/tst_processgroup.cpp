// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/processgroup.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace stint;

namespace {

constexpr int patienceMs = 20'000;

/// A shell in a group of its own that runs `script`; reaped and killed at the end of the test.
class Leader final
{
public:
    explicit Leader(const QByteArray &script)
    {
        m_pid = ::fork();
        if (m_pid == 0) {
            ::setpgid(0, 0);
            ::execl("/bin/sh", "sh", "-c", script.constData(), static_cast<char *>(nullptr));
            ::_exit(127);
        }
        ::setpgid(m_pid, m_pid);
        group = {m_pid, processStartTime(m_pid)};
    }
    ~Leader()
    {
        ::kill(-static_cast<pid_t>(group.groupId), SIGKILL);
        reap();
    }
    Q_DISABLE_COPY_MOVE(Leader)

    void reap()
    {
        if (m_pid > 0)
            ::waitpid(std::exchange(m_pid, 0), nullptr, 0);
    }

    ProcessGroup group;

private:
    pid_t m_pid = 0;
};

} // namespace

/// What recovery does to processes that a killed host has left.
class ProcessGroupTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startTimes();
    void killsTheWholeGroup();
    void killsMembersWhoseLeaderDied();
    void reusedNumbersAreLeftAlone();
    void numbersOfAnotherBootAreLeftAlone();
    void neverItself();
    void zombiesDoNotRun();
};

void ProcessGroupTest::startTimes()
{
    QVERIFY(processStartTime(::getpid()) > 0);
    QCOMPARE(processStartTime(::getpid()), processStartTime(::getpid()));
    QVERIFY(processStartTime(1) < processStartTime(::getpid()));
    QCOMPARE(processStartTime(-1), 0);
    // The name in /proc/PID/stat may hold brackets and blanks.
    const QTemporaryDir folder;
    const QString odd = folder.filePath(u"a) R 1 (b"_s);
    QVERIFY(QFile::copy(u"/bin/sleep"_s, odd));
    const Leader leader("exec '" + odd.toUtf8() + "' 300");
    QTRY_VERIFY_WITH_TIMEOUT(QFile::symLinkTarget(u"/proc/%1/exe"_s.arg(leader.group.groupId)) == odd, patienceMs);
    QCOMPARE(processStartTime(leader.group.groupId), leader.group.startTime);
}

void ProcessGroupTest::killsTheWholeGroup()
{
    Leader leader("trap '' TERM; (trap '' TERM; exec sleep 300) & exec sleep 300");
    QVERIFY(isRunning(leader.group));
    killProcessGroup(leader.group);
    QVERIFY(!isRunning(leader.group));
}

void ProcessGroupTest::killsMembersWhoseLeaderDied()
{
    Leader leader("sleep 300 & exit 0");
    leader.reap();
    QVERIFY(!QFile::exists(u"/proc/%1"_s.arg(leader.group.groupId)));
    QVERIFY(isRunning(leader.group));
    killProcessGroup(leader.group);
    QVERIFY(!isRunning(leader.group));
}

void ProcessGroupTest::reusedNumbersAreLeftAlone()
{
    Leader leader("exec sleep 300");
    for (const std::int64_t difference : {-100, -1, 1, 100}) {
        const ProcessGroup before{leader.group.groupId, leader.group.startTime + difference};
        QVERIFY(!isRunning(before));
        killProcessGroup(before);
        QVERIFY(isRunning(leader.group));
    }
}

void ProcessGroupTest::numbersOfAnotherBootAreLeftAlone()
{
    Leader leader("sleep 300 & exit 0");
    leader.reap();
    for (const std::int64_t mark : {std::int64_t{0}, std::int64_t{1} << 40}) {
        const ProcessGroup before{leader.group.groupId, mark + 1};
        QVERIFY(!isRunning(before));
        killProcessGroup(before);
        QVERIFY(isRunning(leader.group));
    }
}

void ProcessGroupTest::neverItself()
{
    for (const std::int64_t group : {std::int64_t{::getpgrp()}, std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}}) {
        QVERIFY(!isRunning({group, processStartTime(::getpgrp())}));
        killProcessGroup({group, processStartTime(::getpgrp())});
    }
}

void ProcessGroupTest::zombiesDoNotRun()
{
    Leader leader("exit 0");
    QTRY_VERIFY_WITH_TIMEOUT(!isRunning(leader.group), patienceMs);
    killProcessGroup(leader.group); // returns at once
}

QTEST_GUILESS_MAIN(ProcessGroupTest)
#include "tst_processgroup.moc"
