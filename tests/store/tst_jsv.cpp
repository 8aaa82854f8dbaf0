// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/jsv.h"

#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

using Pairs = QList<std::pair<QString, QString>>;

/// The JSV grammar, one level at a time.
class JsvTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void members_data();
    void members();
    void refusesMembers_data();
    void refusesMembers();
    void items_data();
    void items();
    void refusesItems_data();
    void refusesItems();
    void text_data();
    void text();
    void deepNestingCostsNoStack();
};

void JsvTest::members_data()
{
    QTest::addColumn<QByteArray>("object");
    QTest::addColumn<Pairs>("pairs"); // keys as text, values as raw tokens
    QTest::newRow("empty") << "{}"_ba << Pairs{};
    QTest::newRow("bare") << "{key:value}"_ba << Pairs{{u"key"_s, u"value"_s}};
    QTest::newRow("quoted") << R"({a:1,"k:x":"v,w",e:""})"_ba << Pairs{{u"a"_s, u"1"_s}, {u"k:x"_s, u"\"v,w\""_s}, {u"e"_s, u"\"\""_s}};
    QTest::newRow("doubled quotes") << R"({msg:"he said ""hi"""})"_ba << Pairs{{u"msg"_s, uR"("he said ""hi""")"_s}};
    QTest::newRow("quote in the key") << R"({key:value,"quote""d":"a""b, {c}",empty:""})"_ba
                                      << Pairs{{u"key"_s, u"value"_s}, {u"quote\"d"_s, uR"("a""b, {c}")"_s}, {u"empty"_s, u"\"\""_s}};
    QTest::newRow("nested") << R"({worker:smtp,timeout:PT10M,args:{a:b,url:"http://x"},runCommand:True})"_ba
                            << Pairs{{u"worker"_s, u"smtp"_s},
                                     {u"timeout"_s, u"PT10M"_s},
                                     {u"args"_s, uR"({a:b,url:"http://x"})"_s},
                                     {u"runCommand"_s, u"True"_s}};
    QTest::newRow("list") << R"({errors:[{a:b},{c:"]"}],x:y})"_ba << Pairs{{u"errors"_s, uR"([{a:b},{c:"]"}])"_s}, {u"x"_s, u"y"_s}};
    QTest::newRow("colons in a bare value") << "{runAfter:2025-07-31T23:59:47.8612178Z,callback:NotifySent}"_ba
                                            << Pairs{{u"runAfter"_s, u"2025-07-31T23:59:47.8612178Z"_s}, {u"callback"_s, u"NotifySent"_s}};
    QTest::newRow("white space is text") << "{ a : b }"_ba << Pairs{{u" a "_s, u" b "_s}};
    QTest::newRow("line break in quotes") << "{text:\"line1\nline2\"}"_ba << Pairs{{u"text"_s, u"\"line1\nline2\""_s}};
    QTest::newRow("quote within a bare value") << R"({a:b"c})"_ba << Pairs{{u"a"_s, u"b\"c"_s}};
    QTest::newRow("brackets of the other kind do not count") << "{a:{b]}}"_ba << Pairs{{u"a"_s, u"{b]}"_s}};
    QTest::newRow("closing bracket of a list ends no member") << "{a:b]c}"_ba << Pairs{{u"a"_s, u"b]c"_s}};
    QTest::newRow("no value") << "{a:,b:c}"_ba << Pairs{{u"a"_s, u""_s}, {u"b"_s, u"c"_s}};
    QTest::newRow("backslash is a character") << R"({a:C:\temp})"_ba << Pairs{{u"a"_s, uR"(C:\temp)"_s}};
    QTest::newRow("empty key") << R"({:a,"":b})"_ba << Pairs{{u""_s, u"a"_s}, {u""_s, u"b"_s}};
    QTest::newRow("simple JSON") << R"({"a":"b","c":[1,2]})"_ba << Pairs{{u"a"_s, u"\"b\""_s}, {u"c"_s, u"[1,2]"_s}};
}

void JsvTest::members()
{
    QFETCH(QByteArray, object);
    QFETCH(Pairs, pairs);
    const auto members = jsv::members(object);
    QVERIFY(members);
    Pairs read;
    for (const jsv::Member &member : *members)
        read.append({jsv::text(member.key), QString::fromUtf8(member.value)});
    QCOMPARE(read, pairs);
}

void JsvTest::refusesMembers_data()
{
    QTest::addColumn<QByteArray>("object");
    for (const char *text : {"",           "{",          "}",      "a:b",     "[a]",      "\"{}\"",  "{a}",     "{a:b",
                             "a:b}",       "{a:b},",     "{a:b}}", "{a:b}c}", "{a:b,}",   "{,a:b}x", "{a:\"b}", "{\"a:b}",
                             "{\"a\"b:c}", "{a:\"b\"c}", "{a:{b}", "{a:[b}",  "{a:{b}c}", " {a:b}",  "{a:b} ",  "{a:[\"]}"})
        QTest::newRow(text[0] ? text : "nothing") << QByteArray(text);
}

void JsvTest::refusesMembers()
{
    QFETCH(QByteArray, object);
    QVERIFY(!jsv::members(object));
}

void JsvTest::items_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QStringList>("texts");
    QTest::newRow("empty") << "[]"_ba << QStringList{};
    QTest::newRow("mixed") << R"([a,b,"c,d"])"_ba << QStringList{u"a"_s, u"b"_s, u"c,d"_s};
    QTest::newRow("null item") << "[a,,b]"_ba << QStringList{u"a"_s, u""_s, u"b"_s};
    QTest::newRow("null at the end") << "[a,]"_ba << QStringList{u"a"_s, u""_s};
    QTest::newRow("nested") << "[{a:b,c:[d]},[e,f]]"_ba << QStringList{u"{a:b,c:[d]}"_s, u"[e,f]"_s};
    QTest::newRow("brace in a bare item") << "[a}b]"_ba << QStringList{u"a}b"_s};
}

void JsvTest::items()
{
    QFETCH(QByteArray, list);
    QFETCH(QStringList, texts);
    const auto items = jsv::items(list);
    QVERIFY(items);
    QStringList read;
    for (const QByteArrayView item : *items)
        read.append(jsv::text(item));
    QCOMPARE(read, texts);
}

void JsvTest::refusesItems_data()
{
    QTest::addColumn<QByteArray>("list");
    for (const char *text : {"", "[", "]", "a", "{a:b}", "[a", "[a]b]", "[a],", "[\"a]", "[\"a\"b]", "[[a]", "[{a]"})
        QTest::newRow(text[0] ? text : "nothing") << QByteArray(text);
}

void JsvTest::refusesItems()
{
    QFETCH(QByteArray, list);
    QVERIFY(!jsv::items(list));
}

void JsvTest::text_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("text");
    QTest::newRow("bare") << "a b"_ba << u"a b"_s;
    QTest::newRow("empty") << ""_ba << u""_s;
    QTest::newRow("quoted") << "\"a,b\""_ba << u"a,b"_s;
    QTest::newRow("doubled") << R"("""""")"_ba << u"\"\""_s;
    QTest::newRow("odd") << R"("a"""b")"_ba << u"a\"\"b"_s;
    QTest::newRow("one quote") << "\""_ba << u"\""_s;
    QTest::newRow("not trimmed") << "\" a \""_ba << u" a "_s;
    QTest::newRow("no backslash escape") << R"("a\n\t")"_ba << uR"(a\n\t)"_s;
    QTest::newRow("not ASCII") << "\"\xC3\x85\xF0\x9F\x93\xA8\""_ba << u"Å📨"_s;
    QTest::newRow("byte order mark") << "\xEF\xBB\xBFx"_ba << u"\uFEFFx"_s;
}

void JsvTest::text()
{
    QFETCH(QByteArray, token);
    QFETCH(QString, text);
    QCOMPARE(jsv::text(token), text);
    QVERIFY(!jsv::text(token).isNull());
}

void JsvTest::deepNestingCostsNoStack()
{
    const QByteArray deep = "{a:" + QByteArray(1'000'000, '{') + QByteArray(1'000'000, '}') + '}';
    QCOMPARE(jsv::members(deep)->front().value.size(), 2'000'000);
    QVERIFY(!jsv::members("{a:" + QByteArray(1'000'000, '{') + '}'));
}

QTEST_GUILESS_MAIN(JsvTest)
#include "tst_jsv.moc"
