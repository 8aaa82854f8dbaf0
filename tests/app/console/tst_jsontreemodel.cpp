// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/jsontreemodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

/// Every node as `name=value`, children in brackets.
QString flat(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QStringList parts;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex node = model.index(row, 0, parent);
        const QString children = flat(model, node);
        parts.append(node.data().toString() + u'='
                     + (children.isEmpty() ? model.index(row, 1, parent).data().toString() : u"["_s + children + u"]"_s));
    }
    return parts.join(u' ');
}

} // namespace

class TestJsonTreeModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tree_data();
    void tree();
    void aHugeTextHasNoTree()
    {
        JsonTreeModel model;
        QByteArray json = "[0";
        for (int entry = 0; entry < JsonTreeModel::nodeLimit; ++entry)
            json += ",1";
        QVERIFY(!model.setJson(json + ']'));
        QCOMPARE(model.rowCount(), 0);
    }

    void aDeepTextHasNoTree()
    {
        JsonTreeModel model;
        QVERIFY(!model.setJson(QByteArray(500, '[') + QByteArray(500, ']')));
        QCOMPARE(model.rowCount(), 0);
    }
};

void TestJsonTreeModel::tree_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("expected");
    QTest::newRow("order is kept") << QByteArray(R"({"b":1,"a":true,"c":null})") << u"b=1 a=true c=null"_s;
    QTest::newRow("64-bit") << QByteArray(R"({"n":9007199254740993,"u":18446744073709551615})")
                            << u"n=9007199254740993 u=18446744073709551615"_s;
    QTest::newRow("decimals as written") << QByteArray(R"({"t":1275.50,"e":1E2,"big":123456789012345678901234567890})")
                                         << u"t=1275.50 e=1E2 big=123456789012345678901234567890"_s;
    QTest::newRow("twice") << QByteArray(R"({"a":1,"a":2})") << u"a=1 a=2"_s;
    QTest::newRow("nested") << QByteArray(R"({"l":[{"x":1},[2,"3"]],"o":{},"e":[]})") << u"l=[0=[x=1] 1=[0=2 1=3]] o={} e=[]"_s;
    QTest::newRow("escapes") << QByteArray(R"({"k\u00e9y":"山田 \"q\" \u0026"})") << u"kéy=山田 \"q\" &"_s;
    QTest::newRow("cut off") << QByteArray(R"({"a":1,"b":)") << QString();
    QTest::newRow("something behind") << QByteArray(R"({"a":1} x)") << QString();
    QTest::newRow("JSV") << QByteArray("{a:1,b:two}") << QString();
    QTest::newRow("scalar") << QByteArray("42") << QString();
    QTest::newRow("empty") << QByteArray() << QString();
}

void TestJsonTreeModel::tree()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, expected);
    JsonTreeModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.setJson(json), !expected.isEmpty());
    QCOMPARE(flat(model), expected);
}

QTEST_GUILESS_MAIN(TestJsonTreeModel)
#include "tst_jsontreemodel.moc"
