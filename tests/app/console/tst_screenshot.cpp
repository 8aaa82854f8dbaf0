// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "engine/jobqueue.h"

#include <QDir>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

/// `stint-console --screenshot`, as a process.
class TestScreenshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStoreIsPictured();
    void whatCannotBeShownIsSaid_data();
    void whatCannotBeShownIsSaid();
    void aPictureThatCannotBeWrittenIsSaid();

private:
    struct Outcome {
        int exitCode = -1;
        QString said;
    };
    Outcome run(const QStringList &arguments)
    {
        QProcess console;
        console.setProgram(QStringLiteral(STINT_BIN_DIR "/stint-console"));
        console.setArguments(arguments + QStringList{u"--settings"_s, m_folder.filePath(u"console.ini"_s)});
        console.setProcessChannelMode(QProcess::ForwardedOutputChannel);
        console.start();
        if (!console.waitForFinished(60'000))
            return {-1, console.errorString()};
        return {console.exitCode(), QString::fromUtf8(console.readAllStandardError())};
    }

    QTemporaryDir m_folder;
};

void TestScreenshot::aStoreIsPictured()
{
    const QString store = m_folder.filePath(u"jobs"_s);
    QVERIFY(JobQueue::openStore(store, OpenMode::Create).ok());
    const QString picture = m_folder.filePath(u"queue.png"_s);
    const Outcome outcome = run({store, u"--view"_s, u"queue"_s, u"--screenshot"_s, picture});
    QVERIFY2(outcome.exitCode == 0, qPrintable(outcome.said));
    QVERIFY(QImage(picture).width() > 800);
}

void TestScreenshot::whatCannotBeShownIsSaid_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isMade");
    QTest::newRow("no folder") << u"nowhere"_s << false;
    QTest::newRow("a folder without jobs") << u"empty"_s << true;
}

void TestScreenshot::whatCannotBeShownIsSaid()
{
    QFETCH(QString, name);
    QFETCH(bool, isMade);
    const QString folder = m_folder.filePath(name);
    QVERIFY(!isMade || QDir().mkpath(folder));
    const Outcome outcome = run({folder, u"--screenshot"_s, m_folder.filePath(u"none.png"_s)});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.said.contains(folder + u" cannot be shown: "_s), qPrintable(outcome.said));
    QCOMPARE(QFileInfo::exists(folder), isMade);
}

void TestScreenshot::aPictureThatCannotBeWrittenIsSaid()
{
    const QString picture = m_folder.filePath(u"no/such/folder/queue.png"_s);
    const Outcome outcome = run({u"--screenshot"_s, picture});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.said.contains(picture), qPrintable(outcome.said));
}

QTEST_MAIN(TestScreenshot)
#include "tst_screenshot.moc"
