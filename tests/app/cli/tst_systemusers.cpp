// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/systemusers.h"

#include <QtTest/QTest>

using namespace stint;
using namespace Qt::StringLiterals;

/// Against root, which every machine has: number 0, of the group of number 0.
class tst_SystemUsers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isFoundByName();
    void isFoundByNumber();
    void isNotFound_data();
    void isNotFound();
};

void tst_SystemUsers::isFoundByName()
{
    const auto user = cli::findSystemUser(u"root"_s);
    QVERIFY(user.has_value());
    QCOMPARE(user->id, u"root"_s);
    QVERIFY(!user->name.isEmpty());
    QVERIFY(user->roles.contains(u"root"_s));
    QCOMPARE(user->claims.value(u"uid"_s), u"0"_s);
    QCOMPARE(user->claims.value(u"gid"_s), u"0"_s);
    QVERIFY(user->claims.value(u"home"_s).startsWith(u'/'));
}

void tst_SystemUsers::isFoundByNumber()
{
    const auto user = cli::findSystemUser(u"0"_s);
    QVERIFY(user.has_value());
    QCOMPARE(user->id, u"root"_s);
}

void tst_SystemUsers::isNotFound_data()
{
    QTest::addColumn<QString>("userId");
    QTest::newRow("empty") << QString();
    QTest::newRow("no such name") << u"no such account"_s;
    QTest::newRow("no such number") << u"4000000000"_s;
    QTest::newRow("the number that means none") << u"4294967295"_s;
    QTest::newRow("negative") << u"-1"_s;
    QTest::newRow("cut by a zero byte") << u"root"_s + QChar(0) + u"x"_s;
}

void tst_SystemUsers::isNotFound()
{
    QFETCH(const QString, userId);
    QVERIFY(!cli::findSystemUser(userId).has_value());
}

QTEST_GUILESS_MAIN(tst_SystemUsers)
#include "tst_systemusers.moc"
