// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/jsonscanner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint::cli;

class TestJsonScanner final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void deepNestingNeedsNoStack();
    void membersKeepTheirBytes();
    void membersOfNoObject();
};

void TestJsonScanner::accepts_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *const text : {"{}",
                                   "[]",
                                   "null",
                                   "true",
                                   "false",
                                   "0",
                                   "-0",
                                   "1.10",
                                   "-12.5e+10",
                                   "1E9",
                                   "9007199254740993",
                                   "123456789012345678901234567890",
                                   "1e999999",
                                   "\"\"",
                                   R"("\u00e9\ud800\n\/")",
                                   "\"Zo\xC3\xAB\"",
                                   R"({"a":1,"a":2})",
                                   " {\t\"a\" : [ 1 , {} ] \r\n} ",
                                   "[[],[[]],{}]",
                                   R"({"":{"b":[null]}})"})
        QTest::newRow(text) << QByteArray(text);
}

void TestJsonScanner::accepts()
{
    QFETCH(QByteArray, text);
    const auto valid = jsonscanner::check(text);
    QVERIFY2(valid.ok(), valid.ok() ? "" : qPrintable(valid.error().message));
}

void TestJsonScanner::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("position");
    const auto row
        = [](const QByteArray &text, int position) { QTest::newRow(text.isEmpty() ? "empty" : text.constData()) << text << position; };
    row("", 1);
    row("  ", 3);
    row("{", 2);
    row("}", 1);
    row("[1,]", 4);
    row("[1 2]", 4);
    row("{\"a\":1,}", 8);
    row("{\"a\"}", 5);
    row("{a:1}", 2);
    row("{'a':1}", 2);
    row("{\"a\":}", 6);
    row("[1}", 3);
    row("{} {}", 4);
    row("01", 2);
    row("+1", 1);
    row(".5", 1);
    row("1.", 3);
    row("1e", 3);
    row("-", 2);
    row("NaN", 1);
    row("tru", 1);
    row("\"a", 3);
    row("\"\\x\"", 3);
    row("\"\\u12g4\"", 6);
    row("\"a\nb\"", 3);
    row("[", 2);
    row("// x\n1", 1);
}

void TestJsonScanner::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(int, position);
    const auto valid = jsonscanner::check(text);
    QVERIFY(!valid.ok());
    QVERIFY2(valid.error().message.endsWith(u"at position %1"_s.arg(position)), qPrintable(valid.error().message));
}

void TestJsonScanner::deepNestingNeedsNoStack()
{
    const qsizetype depth = 2'000'000;
    QVERIFY(jsonscanner::check(QByteArray(depth, '[') + QByteArray(depth, ']')).ok());
    QVERIFY(!jsonscanner::check(QByteArray(depth, '[')).ok());
    QVERIFY(!jsonscanner::check("\"\xC3\x28\"").ok());
    QVERIFY(!jsonscanner::check(QByteArrayView("[1,\0]", 5)).ok());
}

void TestJsonScanner::membersKeepTheirBytes()
{
    const QByteArray text = R"( {"request" : {"n":9007199254740993, "d":1.10,"d":2} ,"na\u006de":"x","list":[ 1 ]} )";
    const auto members = jsonscanner::members(text);
    QVERIFY(members.ok());
    QCOMPARE(members->size(), 3);
    QCOMPARE(members->at(0).key, u"request"_s);
    QCOMPARE(members->at(0).value.toByteArray(), R"({"n":9007199254740993, "d":1.10,"d":2})"_ba);
    QCOMPARE(members->at(1).key, u"name"_s);
    QCOMPARE(members->at(1).value.toByteArray(), "\"x\""_ba);
    QCOMPARE(members->at(2).value.toByteArray(), "[ 1 ]"_ba);
    QVERIFY(jsonscanner::members("{ }")->isEmpty());
}

void TestJsonScanner::membersOfNoObject()
{
    QVERIFY(!jsonscanner::members("[1]").ok());
    QVERIFY(!jsonscanner::members("{\"a\":1").ok());
}

QTEST_GUILESS_MAIN(TestJsonScanner)
#include "tst_jsonscanner.moc"
