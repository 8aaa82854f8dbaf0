// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/linesplitter.h"
#include "engine/commands/runprocess.h"
#include "engine/running/processgroup.h"
#include "tests/support/fakejobcontext.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <thread>

#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace stint;
using namespace stint::test;

namespace {

constexpr int patienceMs = 20'000;

RunProcessRequest shell(const QString &script)
{
    return {.program = u"/bin/sh"_s, .arguments = {u"-c"_s, script}, .directory = {}, .environment = {}, .input = {}};
}

Ran<RunProcessResult> run(const RunProcessRequest &request, FakeJobContext &context)
{
    return runCommand<RunProcess>(request, context);
}

} // namespace

/// RunProcess against real programs.
class RunProcessTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void outputGoesToTheLogAsItComes();
    void directoryEnvironmentAndInput();
    void inputThatNobodyReads();
    void programsAreFoundInPath();
    void relativeProgramsCountFromTheDirectory();
    void failures_data();
    void failures();
    void badRequests_data();
    void badRequests();
    void environmentStaysOutOfMessages();
    void invalidUtf8IsReplaced();
    void longLinesComeInPieces();
    void tailIsWhatCameLast();
    void floodIsReadToItsEnd();
    void whatADeadProgramLeftInThePipeIsRead();
    void groupIsRecordedBeforeTheProgramRuns();
    void unrecordedProgramNeverRuns();
    void cancelEndsTheWholeGroup();
    void cancelKillsWhatIgnoresIt();
    void cancelledBeforeItBegan();
    void grandchildHoldingTheOutputDoesNotHoldTheJob();
    void signalsOfTheHostAreNotInherited();
    void manyAtOnce();
};

void RunProcessTest::outputGoesToTheLogAsItComes()
{
    FakeJobContext context;
    QStringList seen;
    context.onLog = [&](const QString &line) { seen.append(line); };
    const auto ran = run(shell(u"echo one; echo two >&2; printf three"_s), context);
    QVERIFY(ran.result);
    QCOMPARE(ran.result->exitCode, 0);
    QCOMPARE(ran.result->tail, u"one\nthree"_s);
    QVERIFY(ran.result->durationMs >= 0);
    QCOMPARE(context.messages(LogLevel::Info), (QStringList{u"one"_s, u"three"_s}));
    QCOMPARE(context.messages(LogLevel::Warning), QStringList{u"two"_s});
    QCOMPARE(seen.size(), 3);
}

void RunProcessTest::directoryEnvironmentAndInput()
{
    const QTemporaryDir folder;
    FakeJobContext context;
    RunProcessRequest request = shell(u"pwd -P; echo $STINT_GIVEN; echo ${PATH:+path}; cat"_s);
    request.directory = folder.path();
    request.environment = {{u"STINT_GIVEN"_s, u"a = ä"_s}};
    request.input = u"first\nsecond ä\n"_s;
    const auto ran = run(request, context);
    QVERIFY(ran.result);
    QCOMPARE(context.messages(LogLevel::Info),
             (QStringList{QDir(folder.path()).canonicalPath(), u"a = ä"_s, u"path"_s, u"first"_s, u"second ä"_s}));
}

void RunProcessTest::inputThatNobodyReads()
{
    FakeJobContext context;
    RunProcessRequest request = shell(u"exec <&-; exit 0"_s);
    request.input = QString(4 * 1024 * 1024, u'x');
    QVERIFY(run(request, context).result);
}

void RunProcessTest::programsAreFoundInPath()
{
    FakeJobContext context;
    QVERIFY(run({.program = u"true"_s, .arguments = {}, .directory = {}, .environment = {}, .input = {}}, context).result);
    // The job's own PATH counts.
    const auto ran = run(
        {.program = u"true"_s, .arguments = {}, .directory = {}, .environment = {{u"PATH"_s, u"/nonexistent"_s}}, .input = {}}, context);
    QCOMPARE(ran.error.errorCode, u"NotStarted"_s);
}

void RunProcessTest::relativeProgramsCountFromTheDirectory()
{
    const QTemporaryDir folder;
    QFile script(folder.filePath(u"hello"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\necho hello\n");
    script.close();
    QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    FakeJobContext context;
    QVERIFY(run({.program = u"./hello"_s, .arguments = {}, .directory = folder.path(), .environment = {}, .input = {}}, context).result);
    QCOMPARE(context.messages(LogLevel::Info), QStringList{u"hello"_s});
}

void RunProcessTest::failures_data()
{
    QTest::addColumn<RunProcessRequest>("request");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");

    const RunProcessRequest none{.program = u"no-such-program"_s, .arguments = {}, .directory = {}, .environment = {}, .input = {}};
    RunProcessRequest noPath = none;
    noPath.program = u"/no/such/program"_s;
    RunProcessRequest notExecutable = none;
    notExecutable.program = u"/etc/passwd"_s;
    RunProcessRequest noDirectory = shell(u"true"_s);
    noDirectory.directory = u"/no/such/folder"_s;
    QTest::newRow("not in PATH") << none << u"NotStarted"_s << u"cannot start no-such-program: there is no such program in PATH"_s;
    QTest::newRow("no file") << noPath << u"NotStarted"_s << u"cannot start /no/such/program: No such file or directory"_s;
    QTest::newRow("not a program") << notExecutable << u"NotStarted"_s << u"cannot start /etc/passwd: Permission denied"_s;
    QTest::newRow("no directory") << noDirectory << u"NotStarted"_s
                                  << u"cannot start /bin/sh: cannot enter the directory /no/such/folder: No such file or directory"_s;
    QTest::newRow("exit code") << shell(u"exit 3"_s) << u"ExitCode"_s << u"/bin/sh ended with exit code 3"_s;
    QTest::newRow("exit code of a shell") << shell(u"exit 127"_s) << u"ExitCode"_s << u"/bin/sh ended with exit code 127"_s;
    QTest::newRow("signal") << shell(u"kill -SEGV $$"_s) << u"Signal"_s << u"/bin/sh was ended by signal 11 (Segmentation fault)"_s;
}

void RunProcessTest::failures()
{
    QFETCH(RunProcessRequest, request);
    FakeJobContext context;
    const auto ran = run(request, context);
    QVERIFY(!ran.result);
    QVERIFY(!ran.isCancelled);
    QVERIFY(!ran.isFinal);
    QTEST(ran.error.errorCode, "code");
    QTEST(ran.error.message, "message");
}

void RunProcessTest::badRequests_data()
{
    QTest::addColumn<RunProcessRequest>("request");
    QTest::newRow("no program") << RunProcessRequest{};
    RunProcessRequest request = shell(u"true"_s);
    request.arguments.append(u"a\0b"_s);
    QTest::newRow("NUL in an argument") << request;
    request = shell(u"true"_s);
    request.environment.insert(u"A=B"_s, u"c"_s);
    QTest::newRow("name with =") << request;
}

void RunProcessTest::badRequests()
{
    QFETCH(RunProcessRequest, request);
    FakeJobContext context;
    const auto ran = run(request, context);
    QVERIFY(ran.isFinal);
    QCOMPARE(ran.error.errorCode, QString(joberror::badRequest));
    QVERIFY(context.processes().isEmpty());
}

void RunProcessTest::environmentStaysOutOfMessages()
{
    for (const QString &script : {u"exit 1"_s, u"kill -9 $$"_s}) {
        FakeJobContext context;
        RunProcessRequest request = shell(script);
        request.environment = {{u"TOKEN"_s, u"s3cret"_s}};
        const auto ran = run(request, context);
        QVERIFY(!ran.error.message.isEmpty());
        QVERIFY(!ran.error.message.contains(u"s3cret"_s));
        QVERIFY(context.lines().isEmpty());
    }
}

void RunProcessTest::invalidUtf8IsReplaced()
{
    FakeJobContext context;
    QVERIFY(run(shell(uR"(printf 'a\377b\n\303\244\000z\r\n')"_s), context).result);
    QCOMPARE(context.messages(LogLevel::Info), (QStringList{u"a\uFFFDb"_s, u"ä\uFFFDz"_s}));
}

void RunProcessTest::longLinesComeInPieces()
{
    // Each piece is whole characters: 65,536 is not a multiple of 3.
    FakeJobContext context;
    RunProcessRequest request = shell(u"cat"_s);
    request.input = QString(50'000, u'€') + u"\nend\n"_s;
    QVERIFY(run(request, context).result);
    const QStringList lines = context.messages(LogLevel::Info);
    QCOMPARE(lines.size(), 4);
    for (const QString &line : lines) {
        QVERIFY(line.toUtf8().size() <= LineSplitter::lineLimit);
        QVERIFY(!line.contains(QChar::ReplacementCharacter));
    }
    QCOMPARE(lines.sliced(0, 3).join(QString()), QString(50'000, u'€'));
    QCOMPARE(lines.last(), u"end"_s);
}

void RunProcessTest::tailIsWhatCameLast()
{
    FakeJobContext context;
    RunProcessRequest request = shell(u"cat"_s);
    request.input = QString(3000, u'€') + u"end"_s;
    const auto ran = run(request, context);
    QVERIFY(ran.result);
    QVERIFY(ran.result->tail.endsWith(u"€end"_s));
    QVERIFY(ran.result->tail.toUtf8().size() <= 4096);
    QVERIFY(ran.result->tail.toUtf8().size() > 4090);
    QVERIFY(!ran.result->tail.contains(QChar::ReplacementCharacter));
}

void RunProcessTest::floodIsReadToItsEnd()
{
    FakeJobContext context;
    [[maybe_unused]] const auto memory = [] {
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        return usage.ru_maxrss; // KiB
    };
    [[maybe_unused]] const auto before = memory();
    const auto ran = run(
        shell(
            u"yes | head -c 8000000; yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | tr -d '\\n' | head -c 300000000; echo; echo end"_s),
        context);
    QVERIFY(ran.result);
    QVERIFY(ran.result->tail.endsWith(u"end\n"_s));
    QCOMPARE(context.lineCount(), RunProcess::loggedLines + 1);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // which keep what was freed
    QVERIFY2(memory() - before < 100 * 1024, qPrintable(QString::number(memory() - before)));
#endif
}

void RunProcessTest::whatADeadProgramLeftInThePipeIsRead()
{
    FakeJobContext context;
    context.onLog = [&](const QString &line) {
        if (line == u"0")
            QTRY_VERIFY_WITH_TIMEOUT(!isRunning(context.processes().first()), patienceMs);
    };
    QVERIFY(run(shell(u"i=0; while [ $i -lt 4000 ]; do echo $i; i=$((i+1)); done"_s), context).result);
    QCOMPARE(context.lineCount(), 4000);
}

void RunProcessTest::groupIsRecordedBeforeTheProgramRuns()
{
    const QTemporaryDir folder;
    const QString mark = folder.filePath(u"mark"_s);
    FakeJobContext context;
    context.onRecord = [&](const ProcessGroup &group) {
        Q_ASSERT(!QFile::exists(mark));
        Q_ASSERT(isRunning(group));
        return Result<void>();
    };
    QVERIFY(run(shell(u"echo $$ > "_s + mark), context).result);
    QFile file(mark);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(context.processes().size(), 1);
    QCOMPARE(context.processes().first().groupId, file.readAll().trimmed().toLongLong());
    QVERIFY(!isRunning(context.processes().first()));
}

void RunProcessTest::unrecordedProgramNeverRuns()
{
    const QTemporaryDir folder;
    const QString mark = folder.filePath(u"mark"_s);
    FakeJobContext context;
    context.onRecord = [](const ProcessGroup &) { return Result<void>(Error{ErrorCode::DiskFull, u"no room"_s}); };
    const auto ran = run(shell(u"touch "_s + mark), context);
    QCOMPARE(ran.error.errorCode, u"NotStarted"_s);
    QVERIFY(ran.error.message.contains(u"no room"_s));
    QVERIFY(!isRunning(context.processes().first()));
    QVERIFY(!QFile::exists(mark));
}

void RunProcessTest::cancelEndsTheWholeGroup()
{
    FakeJobContext context;
    context.onLog = [&](const QString &line) {
        if (line == u"ready")
            context.stop.request_stop();
    };
    QElapsedTimer timer;
    timer.start();
    const auto ran = run(shell(u"sleep 300 & sh -c 'sleep 300 & echo ready; wait'; wait"_s), context);
    QVERIFY(ran.isCancelled);
    QVERIFY(!isRunning(context.processes().first()));
    QVERIFY2(timer.elapsed() < 1900, "a group that obeys needs no grace");
}

void RunProcessTest::cancelKillsWhatIgnoresIt()
{
    FakeJobContext context;
    context.onLog = [&](const QString &line) {
        if (line == u"ready")
            context.stop.request_stop();
    };
    QElapsedTimer timer;
    timer.start();
    const auto ran = run(shell(u"trap 'echo asked' TERM; (trap '' TERM; exec sleep 300) & echo ready; while :; do wait; done"_s), context);
    QVERIFY(ran.isCancelled);
    QVERIFY(timer.elapsed() >= 1900);
    QVERIFY(context.messages(LogLevel::Info).contains(u"asked"_s));
    QVERIFY(!isRunning(context.processes().first()));
}

void RunProcessTest::cancelledBeforeItBegan()
{
    FakeJobContext context;
    context.stop.request_stop();
    QVERIFY(run(shell(u"true"_s), context).isCancelled);
    QVERIFY(context.processes().isEmpty());
}

void RunProcessTest::grandchildHoldingTheOutputDoesNotHoldTheJob()
{
    FakeJobContext context;
    QElapsedTimer timer;
    timer.start();
    const auto ran = run(shell(u"sleep 300 & echo done"_s), context);
    QVERIFY(ran.result);
    QCOMPARE(ran.result->tail, u"done\n"_s);
    QVERIFY(timer.elapsed() < patienceMs);
    QVERIFY(!isRunning(context.processes().first()));

    // One that has left the group lives on, and does not hold the job either.
    FakeJobContext other;
    const auto second = run(shell(u"setsid sleep 30 & echo $!; while [ $(cut -d' ' -f5 /proc/$!/stat) = $$ ]; do :; done"_s), other);
    QVERIFY(second.result);
    const auto escaped = other.messages(LogLevel::Info).first().toInt();
    QVERIFY(escaped > 1);
    QCOMPARE(::kill(escaped, SIGKILL), 0);
}

void RunProcessTest::signalsOfTheHostAreNotInherited()
{
    std::signal(SIGPIPE, SIG_IGN);
    FakeJobContext context;
    const auto ran = run(shell(u"kill -PIPE $$; echo survived"_s), context);
    std::signal(SIGPIPE, SIG_DFL);
    QCOMPARE(ran.error.errorCode, u"Signal"_s);
}

void RunProcessTest::manyAtOnce()
{
    constexpr int threads = 8;
    std::atomic<int> succeeded = 0;
    {
        std::vector<std::jthread> running;
        for (int t = 0; t < threads; ++t) {
            running.emplace_back([&succeeded, t] {
                for (int i = 0; i < 10; ++i) {
                    FakeJobContext context;
                    const auto ran = run(shell(u"echo %1; exit 0"_s.arg(t * 100 + i)), context);
                    if (ran.result && ran.result->tail == QString::number(t * 100 + i) + u'\n')
                        ++succeeded;
                }
            });
        }
    }
    QCOMPARE(succeeded.load(), threads * 10);
}

QTEST_GUILESS_MAIN(RunProcessTest)
#include "tst_runprocess.moc"
