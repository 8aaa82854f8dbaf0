// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/launchoptions.h"

#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

class TestLaunchOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allOfThem()
    {
        const auto options = LaunchOptions::parse({u"stint-console"_s, u"/jobs"_s, u"--read-only"_s, u"--view"_s, u"failed"_s, u"--job"_s,
                                                   u"9007199254740993"_s, u"--filter"_s, u"time out"_s, u"--theme"_s, u"dark"_s,
                                                   u"--settings"_s, u"s.ini"_s, u"--screenshot"_s, u"x.png"_s});
        QVERIFY(options);
        QCOMPARE(options->folder, u"/jobs"_s);
        QVERIFY(options->readOnly);
        QCOMPARE(options->view, u"failed"_s);
        QCOMPARE(*options->jobId, 9007199254740993);
        QCOMPARE(options->filter, u"time out"_s);
        QCOMPARE(*options->theme, theme::Choice::Dark);
        QCOMPARE(options->settingsFile, u"s.ini"_s);
        QCOMPARE(options->screenshotFile, u"x.png"_s);
    }

    void wrongOnes_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("unknown option") << QStringList{u"--colour"_s};
        QTest::newRow("unknown pane") << QStringList{u"--view"_s, u"nothing"_s};
        QTest::newRow("no id") << QStringList{u"--job"_s, u"abc"_s};
        QTest::newRow("unknown theme") << QStringList{u"--theme"_s, u"pink"_s};
        QTest::newRow("two folders") << QStringList{u"a"_s, u"b"_s};
    }
    void wrongOnes()
    {
        QFETCH(QStringList, arguments);
        const auto options = LaunchOptions::parse(QStringList{u"stint-console"_s} + arguments);
        QVERIFY(!options);
        QVERIFY(!options.error().message.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLaunchOptions)
#include "tst_launchoptions.moc"
