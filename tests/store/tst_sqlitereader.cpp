// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/readconnection.h"
#include "support/storefolder.h"

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
    folder.enqueue(u"Überweisung"_s, {.worker = u"bank"_s});
    folder.enqueue(u"Überweisung"_s, {.worker = u""_s});
    folder.enqueue(u"Überweisung"_s);
    folder.enqueue(u"Überweisunk"_s, {.worker = u"bank"_s});
    folder.enqueue(u"Über"_s, {.worker = u"bank"_s});
    for (const Pane pane : {Pane::Queue, Pane::All}) {
        const QList<Job> jobs = folder.store->list({.pane = pane})->jobs;
        QStringList commands;
        QStringList workers;
        for (const Job &job : jobs) {
            commands.append(job.command);
            workers.append(job.worker.isNull() ? u"null"_s : job.worker);
        }
        QCOMPARE(commands, QStringList({u"Über"_s, u"Überweisunk"_s, u"Überweisung"_s, u"Überweisung"_s, u"Überweisung"_s}));
        QCOMPARE(workers.first(), u"bank"_s);
        QCOMPARE(workers.at(2), u"null"_s);
        QCOMPARE(workers.last(), u"bank"_s);
        QCOMPARE(jobs.at(4).command.constData(), jobs.at(2).command.constData());
        QCOMPARE(jobs.at(4).worker.constData(), jobs.at(0).worker.constData());
    }
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
    const TableNotes notes = look(path);
    SqliteConnection(path, "mode=rw").execute("ALTER TABLE Thing ADD COLUMN C");
    QCOMPARE(look(path, notes).columns.value("Thing"), QStringList({u"A"_s, u"B"_s, u"C"_s}));
}

void tst_SqliteReader::tablesOfAnotherFileAreLookedAt()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.db"_s);
    const QString other = folder.filePath(u"b.db"_s);
    SqliteConnection(path, "mode=rwc").execute("CREATE TABLE Thing (A, B)");
    SqliteConnection(other, "mode=rwc").execute("CREATE TABLE Thing (X)"); // as many changes of its tables as the first
    const TableNotes notes = look(path);
    QCOMPARE(look(other).schemaVersion, notes.schemaVersion);
    QVERIFY(QFile::rename(path, folder.filePath(u"old.db"_s))); // which keeps its inode from being given to the other
    QVERIFY(QFile::rename(other, path));
    QCOMPARE(look(path, notes).columns.value("Thing"), QStringList{u"X"_s});
}

QTEST_GUILESS_MAIN(tst_SqliteReader)
#include "tst_sqlitereader.moc"
