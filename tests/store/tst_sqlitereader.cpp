// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/readconnection.h"
#include "support/storefolder.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// What a reader of SQLite files remembers from one row, page and connection to the next, and when it must not.
class tst_SqliteReader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalTextsOfRowsThatFollowAreShared();
    void unfinishedJobIsAsItsLiveRowSays();
    void copiesThatAreLeftOutMakeNoPageShorter();
    void tablesAreLookedAtOnce();
    void tablesThatChangeAreLookedAtAgain();
    void tablesOfAnotherFileAreLookedAt();
};

namespace {

TableNotes look(const QString &path, TableNotes notes = {})
{
    ReadConnection file(path, OpenMode::ReadOnly, std::move(notes));
    file.noticeSchema();
    (void)file.hasTable("Thing");
    return file.notes();
}

} // namespace

void tst_SqliteReader::equalTextsOfRowsThatFollowAreShared()
{
    StoreFolder folder;
    folder.enqueue(u"Überweisung"_s, {.tag = u"bank"_s});
    const std::int64_t second = folder.enqueue(u"Überweisung"_s, {.tag = u"-"_s});
    folder.enqueue(u"Überweisung"_s);
    folder.enqueue(u"Überweisunk"_s, {.tag = u"bank"_s});
    folder.enqueue(u"Über"_s, {.tag = u"bank"_s});
    for (const char *const table : {"BackgroundJob", "JobSummary"})
        folder.execute(QByteArray("UPDATE ") + table + " SET Tag = '' WHERE Id = " + QByteArray::number(qlonglong{second}));
    for (const Pane pane : {Pane::Queue, Pane::All}) {
        const QList<Job> jobs = folder.store->list({.pane = pane})->jobs;
        QStringList commands;
        QStringList tags;
        for (const Job &job : jobs) {
            commands.append(job.command);
            tags.append(job.tag.isNull() ? u"null"_s : job.tag);
        }
        QCOMPARE(commands, QStringList({u"Über"_s, u"Überweisunk"_s, u"Überweisung"_s, u"Überweisung"_s, u"Überweisung"_s}));
        QCOMPARE(tags, QStringList({u"bank"_s, u"bank"_s, u"null"_s, u""_s, u"bank"_s}));
        QCOMPARE(jobs.at(4).command.constData(), jobs.at(2).command.constData());
        QCOMPARE(jobs.at(4).tag.constData(), jobs.at(0).tag.constData());
    }
}

void tst_SqliteReader::unfinishedJobIsAsItsLiveRowSays()
{
    StoreFolder folder;
    const std::int64_t id = folder.enqueue(u"A"_s);
    folder.execute("UPDATE BackgroundJob SET State = 'Started', StartedDate = '2026-01-02 03:04:05'");
    for (const char *const summary : {"Queued", "Started", "Executed"}) { // the second as a repair leaves it
        folder.execute(QByteArray("UPDATE JobSummary SET State = '") + summary + '\'');
        const Job job = folder.store->list({.pane = Pane::All})->jobs.first();
        QCOMPARE(job.state, JobState::Started);
        QVERIFY(job.startedDate);
        QCOMPARE(folder.find(id).summary.state, JobState::Started);
    }
}

/// As a host that was killed in the midst of a requeue leaves them: in the queue, and still in their month.
void tst_SqliteReader::copiesThatAreLeftOutMakeNoPageShorter()
{
    StoreFolder folder;
    folder.enqueue(40, u"A"_s);
    for (const Job &job : folder.claim({u"A"_s}).jobs)
        QVERIFY(folder.finish(job, AttemptEnd::Kind::Fail));
    QTRY_COMPARE(folder.number("SELECT count(*) FROM BackgroundJob"), 0);
    const QString month = QDir(folder.path()).entryList({u"jobs_*.db"_s}).value(0);
    folder.execute(
        "ATTACH '" + QFile::encodeName(folder.path() + u'/' + month)
        + "' AS month; INSERT INTO BackgroundJob (Id, RefId, CreatedDate, RequestType, Command, State, Attempts, DurationMs, Generation) "
          "SELECT Id, RefId, CreatedDate, RequestType, Command, 'Queued', 1, 0, Generation + 1 FROM month.FailedJob "
          "WHERE Id IN (40, 39, 38, 30, 3, 2, 1)");
    const auto list = [&](JobQuery query) {
        query.pane = Pane::Failed;
        const auto page = folder.store->list(query);
        QList<std::int64_t> ids;
        for (const Job &job : page->jobs)
            ids.append(job.id);
        return std::pair(ids, page->more);
    };
    QCOMPARE(list({.limit = 1}), std::pair(QList<std::int64_t>{37}, true));
    QCOMPARE(list({.limit = 8}), std::pair(QList<std::int64_t>({37, 36, 35, 34, 33, 32, 31, 29}), true));
    QCOMPARE(list({.afterId = 0, .limit = 2}), std::pair(QList<std::int64_t>({5, 4}), true));
    QCOMPARE(list({.limit = 33}).first.size(), 33);
    QVERIFY(!list({.limit = 33}).second);
    QVERIFY(list({.limit = 32}).second);
}

void tst_SqliteReader::tablesAreLookedAtOnce()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.db"_s);
    SqliteConnection(path, "mode=rwc").execute("CREATE TABLE Thing (A, B)");
    TableNotes notes = look(path);
    QCOMPARE(notes.columns.value("Thing"), QStringList({u"A"_s, u"B"_s}));
    notes.columns["Thing"] = {u"remembered"_s};
    QCOMPARE(look(path, notes).columns.value("Thing"), QStringList{u"remembered"_s});
}

void tst_SqliteReader::tablesThatChangeAreLookedAtAgain()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.db"_s);
    SqliteConnection(path, "mode=rwc").execute("CREATE TABLE Thing (A, B)");
    ReadConnection file(path, OpenMode::ReadWrite, look(path));
    file.noticeSchema();
    QVERIFY(!file.hasColumn("Thing", "C"_L1));
    SqliteConnection(path, "mode=rw").execute("ALTER TABLE Thing ADD COLUMN C");
    file.noticeSchema();
    QVERIFY(file.hasColumn("Thing", "C"_L1));
}

void tst_SqliteReader::tablesOfAnotherFileAreLookedAt()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.db"_s);
    SqliteConnection(path, "mode=rwc").execute("CREATE TABLE Thing (A, B)");
    const TableNotes notes = look(path);
    const auto versionOf = [](const QString &file) { return SqliteConnection(file, "mode=ro").integer("PRAGMA schema_version"); };
    const std::int64_t version = versionOf(path);
    QVERIFY(QFile::remove(path)); // its inode may well be the next one's
    SqliteConnection(path, "mode=rwc").execute("CREATE TABLE Thing (X)");
    QCOMPARE(versionOf(path), version);
    QCOMPARE(look(path, notes).columns.value("Thing"), QStringList{u"X"_s});
}

QTEST_GUILESS_MAIN(tst_SqliteReader)
#include "tst_sqlitereader.moc"
