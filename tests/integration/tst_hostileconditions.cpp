// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/hostfixture.h"
#include "tests/app/cli/stintprocess.h"
#include "tests/integration/smalldisk.h"

#include <QDir>
#include <QProcess>
#include <QSet>

#include <future>

#include <sqlite3.h>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

namespace {

/// A connection of another program to a file.
class OtherConnection final
{
public:
    explicit OtherConnection(const QString &path)
    {
        if (sqlite3_open(QFile::encodeName(path).constData(), &m_db) != SQLITE_OK)
            qFatal("%s", sqlite3_errmsg(m_db));
        sqlite3_busy_timeout(m_db, patienceMs);
    }
    ~OtherConnection() { sqlite3_close(m_db); }
    Q_DISABLE_COPY_MOVE(OtherConnection)

    [[nodiscard]] bool execute(const char *sql) { return sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }
    /// The number that a query gives.
    [[nodiscard]] int number(const char *sql)
    {
        sqlite3_stmt *statement = nullptr;
        sqlite3_prepare_v2(m_db, sql, -1, &statement, nullptr);
        const int value = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int(statement, 0) : -1;
        sqlite3_finalize(statement);
        return value;
    }

private:
    sqlite3 *m_db = nullptr;
};

int rowsInQueueFile(const HostFixture &fixture)
{
    return OtherConnection(fixture.folder.filePath(u"jobs.db"_s)).number("SELECT count(*) FROM BackgroundJob");
}

void addEcho(HostFixture &fixture)
{
    addCommand(fixture, "Echo", [](const QJsonObject &request, JobContext &) -> Outcome<QJsonObject> { return request; });
}

/// Runs a job and waits until its row has moved to its month.
JobRef archivedEcho(HostFixture &fixture)
{
    const JobRef job = fixture.enqueue(u"Echo"_s);
    const bool moved
        = fixture.reaches(job.id, JobState::Completed) && QTest::qWaitFor([&] { return rowsInQueueFile(fixture) == 0; }, patienceMs);
    return moved ? job : JobRef{};
}

/// The month file that the first finished job has made, once the host has closed it.
QString closedMonthFile(const HostFixture &fixture)
{
    const QStringList files = QDir(fixture.folder.path()).entryList({u"jobs_*.db"_s});
    if (files.size() != 1)
        return {};
    const QString path = fixture.folder.filePath(files.constFirst());
    return QTest::qWaitFor([&] { return !QFile::exists(path + u"-wal"_s); }, patienceMs) ? path : QString();
}

bool overwriteStart(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::ReadWrite) && file.write(bytes) == bytes.size();
}

} // namespace

/// Disks and files that are not as they should be: a clear error, the host goes on, nothing is lost.
class tst_HostileConditions final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fullDisk();
    void fullDiskUnderAHost();
    void readOnlyFolder();
    void lockedFile();
    void lockedFileUnderAHost();
    void monthDeletedUnderAHost_data();
    void monthDeletedUnderAHost();
    void monthReplacedUnderAHost();
    void w13_jobWhoseMonthCannotBeWrittenStaysInTheQueueFile();
    void notAJobDatabase_data();
    void notAJobDatabase();
};

void tst_HostileConditions::fullDisk()
{
    if (!SmallDisk::isPossible())
        QSKIP("no mount namespaces here");
    SmallDisk disk;
    QVERIFY(disk.run(uR"sh(
        body='{"program":"true","arguments":["'$(head -c 30000 /dev/zero | tr '\0' x)'"]}'
        for n in $(seq 200); do
            step enqueue stint enqueue RunProcess "$body"
            [ "$(cat "$OUT/enqueue.code")" = 0 ] || break
            cat "$OUT/enqueue.out" >>"$OUT/acknowledged"
        done
        step check stint check
        step list stint list --pane queue --limit 1000 --fields id --json
        fits 64m
        step more stint enqueue RunProcess "$body"
        step drain stint host --drain --quiet
        step checkAfter stint check
        step listAfter stint list --pane completed --limit 1000 --fields id --json
    )sh"_s));

    const Answer refused = disk.step(u"enqueue"_s);
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.saidOneLine(), refused.err);
    QVERIFY2(refused.err.contains("full"), refused.err);
    QVERIFY(refused.out.isEmpty());

    QSet<qint64> acknowledged;
    for (const QByteArray &line : disk.read(u"acknowledged"_s).trimmed().split('\n'))
        acknowledged.insert(Answer{.out = line}.object().value("id"_L1).toInteger());
    QVERIFY(acknowledged.size() > 5);
    QCOMPARE(disk.step(u"check"_s).exitCode, 0);
    QCOMPARE(idsOf(disk.step(u"list"_s).array()), acknowledged);

    QCOMPARE(disk.step(u"more"_s).exitCode, 0);
    acknowledged.insert(disk.step(u"more"_s).object().value("id"_L1).toInteger());
    QVERIFY2(disk.step(u"drain"_s).exitCode == 0, disk.step(u"drain"_s).err);
    QVERIFY2(disk.step(u"checkAfter"_s).exitCode == 0, disk.step(u"checkAfter"_s).out);
    QCOMPARE(idsOf(disk.step(u"listAfter"_s).array()), acknowledged);
}

/// The ends of running jobs do not fit: the host says so, keeps them, and records them once there is room.
void tst_HostileConditions::fullDiskUnderAHost()
{
    if (!SmallDisk::isPossible())
        QSKIP("no mount namespaces here");
    SmallDisk disk;
    QVERIFY(disk.run(uR"sh(
        wait='while [ ! -e go ]; do sleep 0.05; done; echo run >>runs; head -c 60000 /dev/zero | tr "\0" x'
        for n in 1 2 3 4 5 6 7 8; do
            stint enqueue RunProcess '{"program":"sh","arguments":["-c","'"$(printf %s "$wait" | sed 's/["\\]/\\&/g')"'"],"directory":"'"$OUT"'"}' >"$OUT/one"
        done
        step host stint host --concurrency 8 --drain &
        host=$!
        until [ "$(grep -c started "$OUT/host.out")" = 8 ]; do kill -0 $host || exit 1; sleep 0.05; done
        cat /dev/zero >"$DISK/ballast" 2>"$OUT/ballast"
        touch "$OUT/go"
        until grep -q full "$OUT/host.err"; do kill -0 $host || exit 1; sleep 0.05; done
        step refused stint enqueue RunProcess '{"program":"true","arguments":["'$(head -c 90000 /dev/zero | tr '\0' x)'"]}'
        step check stint check
        rm "$DISK/ballast"
        fits 64m
        wait $host
        step checkAfter stint check
        step list stint list --pane completed --fields id --json
    )sh"_s));
    const Answer host = disk.step(u"host"_s);
    QVERIFY2(host.exitCode == 0, host.err);
    QCOMPARE(disk.step(u"refused"_s).exitCode, 1);
    QVERIFY2(disk.step(u"refused"_s).saidOneLine(), disk.step(u"refused"_s).err);
    QVERIFY2(disk.step(u"check"_s).exitCode == 0, disk.step(u"check"_s).out + disk.step(u"check"_s).err);
    QVERIFY2(disk.step(u"checkAfter"_s).exitCode == 0, disk.step(u"checkAfter"_s).out);
    QCOMPARE(disk.step(u"list"_s).array().size(), 8);
    QCOMPARE(disk.read(u"runs"_s).count('\n'), 8);
}

void tst_HostileConditions::readOnlyFolder()
{
    if (!SmallDisk::isPossible())
        QSKIP("no mount namespaces here");
    SmallDisk disk;
    QVERIFY(disk.run(uR"sh(
        step done stint enqueue RunProcess '{"program":"true"}'
        step drain stint host --drain --quiet
        step queued stint enqueue RunProcess '{"program":"true"}'
        protect
        step enqueue stint enqueue RunProcess '{"program":"true"}'
        step host stint host --drain
        step cancel stint cancel 2
        step repair stint check --repair
        step elsewhere "$STINT" --db "$DISK/new" enqueue RunProcess
        step list stint list --pane all --json
        step show stint show 1 --json
        step check stint check
    )sh"_s));
    QCOMPARE(disk.step(u"queued"_s).exitCode, 0);
    for (const QString &name : {u"enqueue"_s, u"host"_s, u"cancel"_s, u"repair"_s, u"elsewhere"_s}) {
        const Answer answer = disk.step(name);
        QVERIFY2(answer.exitCode == 1, qPrintable(name));
        QVERIFY2(answer.saidOneLine(), answer.err);
        QVERIFY2(answer.err.contains("disk/"), answer.err);
    }
    QCOMPARE(disk.step(u"list"_s).array().size(), 2);
    QVERIFY(disk.step(u"show"_s).object().contains("completed"_L1));
    QVERIFY2(disk.step(u"check"_s).exitCode == 0, disk.step(u"check"_s).err);
}

void tst_HostileConditions::lockedFile()
{
    const HostFixture fixture;
    const auto queue = std::move(JobQueue::open(fixture.folder.path())).value();
    const auto before = queue->enqueueAndWait(NewJob{.name = u"Echo"_s});
    QVERIFY(before.ok());

    OtherConnection other(fixture.folder.filePath(u"jobs.db"_s));
    QVERIFY(other.execute("BEGIN EXCLUSIVE"));
    const auto waiting = queue->enqueue(NewJob{.name = u"Echo"_s});
    QProcess process; // and one that opens the store only now
    process.start(QStringLiteral(STINT_BIN_DIR "/stint"), {u"--db"_s, fixture.folder.path(), u"enqueue"_s, u"Echo"_s});
    QVERIFY(process.waitForStarted());
    const Answer listed = runStint({u"--db"_s, fixture.folder.path(), u"list"_s, u"--pane"_s, u"queue"_s, u"--json"_s});
    QCOMPARE(idsOf(listed.array()), QSet<qint64>{before->id});
    QCOMPARE(runStint({u"--db"_s, fixture.folder.path(), u"check"_s}).exitCode, 0);
    QVERIFY(queue->store()->list({.pane = Pane::All}).ok());
    QVERIFY(!waiting.isFinished());
    QCOMPARE(process.state(), QProcess::Running);

    QVERIFY(other.execute("ROLLBACK"));
    QTRY_VERIFY_WITH_TIMEOUT(waiting.isFinished(), patienceMs);
    QVERIFY2(waiting.result().ok(), waiting.result().ok() ? "" : qPrintable(waiting.result().error().message));
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, patienceMs);
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(rowsInQueueFile(fixture), 3);
    QVERIFY(fixture.checkIsClean());
}

void tst_HostileConditions::lockedFileUnderAHost()
{
    HostFixture fixture;
    std::promise<void> release;
    const std::shared_future<void> released = release.get_future().share();
    addCommand(fixture, "Hold", [released](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        released.wait();
        return QJsonObject{};
    });
    fixture.start();
    const auto job = fixture.enqueue(u"Hold"_s);
    QVERIFY(fixture.reaches(job.id, JobState::Started));
    {
        OtherConnection other(fixture.folder.filePath(u"jobs.db"_s));
        QVERIFY(other.execute("BEGIN EXCLUSIVE"));
        release.set_value(); // the end of the job meets the lock
        QCOMPARE(fixture.stateOf(job.id), JobState::Started);
        QVERIFY(other.execute("ROLLBACK"));
    }
    QCOMPARE(fixture.finished(job.id).summary.state, JobState::Completed);
    QVERIFY(fixture.checkIsClean());
}

void tst_HostileConditions::monthDeletedUnderAHost_data()
{
    QTest::addColumn<bool>("whileOpen");
    QTest::newRow("open") << true;
    QTest::newRow("closed") << false;
}

void tst_HostileConditions::monthDeletedUnderAHost()
{
    QFETCH(bool, whileOpen);
    HostFixture fixture;
    addEcho(fixture);
    fixture.start();
    const auto first = archivedEcho(fixture);
    QVERIFY(first.id > 0);

    if (!whileOpen)
        QVERIFY(!closedMonthFile(fixture).isEmpty());
    const QDir folder(fixture.folder.path());
    for (const QString &file : folder.entryList({u"jobs_*.db*"_s}))
        QVERIFY(QFile::remove(folder.filePath(file)));

    const auto second = archivedEcho(fixture);
    QVERIFY(fixture.find(second.id).completed);
    QCOMPARE(folder.entryList({u"jobs_*.db"_s}).size(), 1);
    QCOMPARE(fixture.stateOf(first.id), JobState::Completed); // its summary is what is left
    const auto findings = fixture.queue->store()->check(false);
    QVERIFY(findings.ok());
    QCOMPARE(findings->size(), 1);
    QVERIFY(findings->constFirst().note);
}

/// An older copy of the month, as a backup brings it back: what has come to the month since is not there, and is said to be
/// missing; what comes now goes into the file that is there.
void tst_HostileConditions::monthReplacedUnderAHost()
{
    HostFixture fixture;
    addEcho(fixture);
    fixture.start();
    const auto first = archivedEcho(fixture);
    const QString month = closedMonthFile(fixture);
    QVERIFY(!month.isEmpty());
    const QString backup = month + u".backup"_s;
    QVERIFY(QFile::copy(month, backup));
    const auto lost = archivedEcho(fixture);
    QVERIFY(lost.id > 0);

    QVERIFY(QDir().rename(backup, month + u".new"_s));
    QCOMPARE(std::rename(QFile::encodeName(month + u".new"_s).constData(), QFile::encodeName(month).constData()), 0);
    const QDir folder(fixture.folder.path());
    for (const QString &file : folder.entryList({u"jobs_*.db-*"_s}))
        QFile::remove(folder.filePath(file)); // of the file that was replaced

    const auto third = archivedEcho(fixture);
    QVERIFY(fixture.find(third.id).completed);
    QVERIFY(fixture.find(first.id).completed);
    const auto findings = fixture.queue->store()->check(false);
    QVERIFY(findings.ok());
    QCOMPARE(findings->size(), 1);
    QVERIFY(findings->constFirst().message.contains(QString::number(lost.id)));
}

void tst_HostileConditions::w13_jobWhoseMonthCannotBeWrittenStaysInTheQueueFile() // W13: logged, and then deleted anyway
{
    QStringList problems;
    HostFixture fixture;
    addEcho(fixture);
    fixture.start();
    connect(fixture.host.get(), &JobHost::problem, this, [&problems](const QString &problem) { problems.append(problem); });
    const auto first = archivedEcho(fixture);
    QVERIFY(first.id > 0);
    const QString month = closedMonthFile(fixture);
    QVERIFY(!month.isEmpty());
    QVERIFY(overwriteStart(month, QByteArray(4096, 'x')));

    QList<JobRef> kept;
    for (int i = 0; i < 2; ++i) { // the second shows that the host goes on
        kept.append(fixture.enqueue(u"Echo"_s, {}, R"({"kept":true})"));
        QVERIFY(fixture.reaches(kept.constLast().id, JobState::Completed));
    }
    QTRY_VERIFY_WITH_TIMEOUT(!problems.isEmpty(), patienceMs);
    QVERIFY2(problems.constFirst().contains(month), qPrintable(problems.constFirst()));
    QCOMPARE(rowsInQueueFile(fixture), 2);
    for (const JobRef &job : kept)
        QCOMPARE(fixture.find(job.id).job()->responseBody, QByteArray(R"({"kept":true})"));
    const Answer check = runStint({u"--db"_s, fixture.folder.path(), u"check"_s});
    QCOMPARE(check.exitCode, 1);
    QVERIFY2(check.out.count('\n') == 3 && check.out.startsWith("fault: ") && check.out.contains(month.toUtf8()), check.out);
    for (const JobRef &job : kept)
        QVERIFY2(check.out.contains(u"job %1 is completed but has not left the queue"_s.arg(job.id).toUtf8()), check.out);

    QVERIFY(QFile::rename(month, fixture.folder.filePath(u"damaged"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(rowsInQueueFile(fixture), 0, 60'000); // it tries again after half a minute at most
    for (const JobRef &job : kept)
        QVERIFY(fixture.find(job.id).completed);
    const Answer checkAfter = runStint({u"--db"_s, fixture.folder.path(), u"check"_s});
    QVERIFY2(checkAfter.exitCode == 0, checkAfter.out);
    QVERIFY2(checkAfter.out.startsWith("note: "), checkAfter.out);
}

void tst_HostileConditions::notAJobDatabase_data()
{
    QTest::addColumn<bool>("isSqlite");
    QTest::newRow("garbage") << false;
    QTest::newRow("another program's database") << true;
}

void tst_HostileConditions::notAJobDatabase()
{
    QFETCH(bool, isSqlite);
    const TemporaryStore store;
    QVERIFY(QDir().mkpath(store.path()));
    if (isSqlite)
        QVERIFY(OtherConnection(store.path() + u"/jobs.db"_s).execute("CREATE TABLE Note (Text TEXT); INSERT INTO Note VALUES ('mine')"));
    else
        QVERIFY(!store.write(u"jobs/jobs.db"_s, QByteArray(4096, 'x')).isEmpty());
    const QStringList before = fingerprint(store.path());
    for (const QStringList &arguments : {QStringList{u"list"_s},
                                         {u"show"_s, u"1"_s},
                                         {u"check"_s},
                                         {u"check"_s, u"--repair"_s},
                                         {u"enqueue"_s, u"A"_s},
                                         {u"cancel"_s, u"1"_s},
                                         {u"host"_s, u"--drain"_s},
                                         {u"host"_s, u"--drain"_s, u"--adopt"_s}}) {
        const Answer answer = store.run(arguments);
        QVERIFY2(answer.exitCode == 1, qPrintable(arguments.join(u' ')));
        QVERIFY2(answer.saidOneLine(), qPrintable(arguments.join(u' ') + u": "_s + QString::fromUtf8(answer.err)));
        QVERIFY2(answer.err.contains("jobs"), answer.err);
    }
    QCOMPARE(fingerprint(store.path()), before);
}

QTEST_GUILESS_MAIN(tst_HostileConditions)
#include "tst_hostileconditions.moc"
