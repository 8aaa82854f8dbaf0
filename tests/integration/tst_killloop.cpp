// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "support/crashdrill.h"

#include <QRandomGenerator>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// A host that is killed again and again while two other processes enqueue.
/// STINT_KILLS sets how often (default 12), for the long drill.
class tst_KillLoop final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLost();
};

void tst_KillLoop::nothingIsLost()
{
    const int kills = qEnvironmentVariableIntValue("STINT_KILLS") > 0 ? qEnvironmentVariableIntValue("STINT_KILLS") : 12;
    const QString stint = QStringLiteral(STINT_BIN_DIR "/stint");
    CrashDrill drill;
    (void)drill.open(); // made before the others come
    const QString lines = drill.journalPath() + u".jsonl"_s;
    QFile file(lines);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(R"({"command":"Note","request":{"n":1}})"
                          "\n"
                          R"({"command":"FailFirst","worker":"serial"})"
                          "\n"
                          R"({"command":"Note","callback":"Called","worker":"mail"})"
                          "\n")
                   .repeated(2)); // about as many as the hosts run between their deaths, however many there are
    file.close();

    // Each enqueues again and again until the file `stop` is there.
    const QString stop = drill.journalPath() + u".stop"_s;
    const QString loop = u"while [ ! -e \"$1\" ]; do \"$2\" --db \"$3\" enqueue --from-file \"$4\" || exit 1; done"_s;
    QProcess enqueuers[2];
    for (QProcess &enqueuer : enqueuers) {
        enqueuer.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        enqueuer.start(u"sh"_s, {u"-c"_s, loop, u"sh"_s, stop, stint, drill.location(), lines});
        QVERIFY(enqueuer.waitForStarted());
    }
    QRandomGenerator random(20261124);
    for (int kill = 0; kill < kills; ++kill) {
        QProcess host;
        host.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        host.start(QStringLiteral(STINT_TEST_HOST), {drill.location(), drill.journalPath(), u"--forever"_s});
        QVERIFY(host.waitForStarted());
        const qint64 before = QFileInfo(drill.journalPath()).size();
        const qint64 grown = random.bounded(20, 3000);
        QVERIFY(QTest::qWaitFor([&] { return host.state() != QProcess::Running || QFileInfo(drill.journalPath()).size() > before + grown; },
                                30'000));
        QCOMPARE(host.state(), QProcess::Running);
        host.kill();
        QVERIFY(host.waitForFinished());
    }
    QVERIFY(QFile(stop).open(QIODevice::WriteOnly));
    int enqueued = 0;
    for (QProcess &enqueuer : enqueuers) {
        QVERIFY(enqueuer.waitForFinished(60'000));
        QCOMPARE(enqueuer.exitCode(), 0);
        enqueued += static_cast<int>(enqueuer.readAllStandardOutput().count("\"id\""));
    }
    QVERIFY(drill.runHost());
    drill.verifyAllIsWell();
    QCOMPARE(drill.open(OpenMode::ReadOnly)->list({.pane = Pane::All, .limit = 100'000})->jobs.size(), enqueued);
    qInfo("%d jobs, %d kills", enqueued, kills);
}

QTEST_GUILESS_MAIN(tst_KillLoop)
#include "tst_killloop.moc"
