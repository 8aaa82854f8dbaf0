// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/localhost.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

class TestLocalHost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsAndStops()
    {
        const QTemporaryDir folder;
        LocalHost host(QStringLiteral(STINT_BIN_DIR "/stint"));
        QSignalSpy deaths(&host, &LocalHost::died);
        host.start(folder.path());
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(folder.filePath(u"jobs.db"_s)), 20'000);
        QVERIFY(host.isRunning());
        host.stop();
        QVERIFY(host.isStopping());
        QTRY_VERIFY_WITH_TIMEOUT(!host.isRunning(), 20'000);
        QCOMPARE(deaths.count(), 0);
    }

    void itsEndIsTold()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"jobs.db"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("this is no database") > 0);
        file.close();
        LocalHost host(QStringLiteral(STINT_BIN_DIR "/stint"));
        QSignalSpy deaths(&host, &LocalHost::died);
        QSignalSpy lines(&host, &LocalHost::wrote);
        host.start(folder.path());
        QTRY_COMPARE_WITH_TIMEOUT(deaths.count(), 1, 20'000);
        QVERIFY(!deaths.constFirst().constFirst().toString().isEmpty());
        QVERIFY(lines.count() > 0);
    }

    void aMissingProgramIsTold()
    {
        LocalHost host(u"/nowhere/stint"_s);
        QSignalSpy deaths(&host, &LocalHost::died);
        host.start(QDir::tempPath());
        QTRY_COMPARE(deaths.count(), 1);
        QVERIFY(deaths.constFirst().constFirst().toString().contains(u"/nowhere/stint"_s));
        QVERIFY(!host.isRunning());
    }
};

QTEST_GUILESS_MAIN(TestLocalHost)
#include "tst_localhost.moc"
