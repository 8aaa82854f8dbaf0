// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/logmodel.h"

#include "models/modelroles.h"
#include "tests/support/fakejobstore.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

QList<LogLine> lines(int count, std::int64_t jobId, const QString &word)
{
    QList<LogLine> made;
    for (int number = 1; number <= count; ++number)
        made.append(
            {.id = 0, .jobId = jobId, .attempt = 1, .level = LogLevel::Info, .date = {}, .message = u"%1 %2"_s.arg(word).arg(number)});
    return made;
}

QString message(const LogModel &model, int row)
{
    return model.index(row, static_cast<int>(LogModel::Column::Message)).data().toString();
}

} // namespace

class TestLogModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheStore();
    void showsOneJob();
    void ringForgetsTheOldest();
    void takesLinesOfOtherSources();
};

void TestLogModel::followsTheStore()
{
    auto store = std::make_shared<test::FakeJobStore>();
    store->addLog(lines(3, 7, u"old"_s));
    LogModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSource(store);
    QVERIFY(model.isLoading());
    QTRY_COMPARE(model.rowCount(), 3);
    store->addLog(lines(2, 8, u"new"_s));
    model.refresh();
    model.refresh();
    QTRY_COMPARE(model.rowCount(), 5);
    QCOMPARE(message(model, 0), u"old 1"_s);
    QCOMPARE(message(model, 4), u"new 2"_s);
    QCOMPARE(model.index(4, static_cast<int>(LogModel::Column::Job)).data(JobIdRole).toLongLong(), 8);
}

void TestLogModel::showsOneJob()
{
    auto store = std::make_shared<test::FakeJobStore>();
    store->addLog(lines(5'000, 7, u"mine"_s));
    store->addLog(lines(5, 8, u"other"_s));
    LogModel model;
    model.setSource(store, 7);
    QTRY_COMPARE(model.rowCount(), 5'000);
    QCOMPARE(message(model, 4'999), u"mine 5000"_s);
}

void TestLogModel::ringForgetsTheOldest()
{
    auto store = std::make_shared<test::FakeJobStore>();
    LogModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCapacity(10);
    model.setSource(store);
    model.append(lines(8, 1, u"a"_s));
    model.append(lines(4, 1, u"b"_s));
    QCOMPARE(model.rowCount(), 10);
    QCOMPARE(message(model, 0), u"a 3"_s);
    model.append(lines(25, 1, u"c"_s));
    QCOMPARE(model.rowCount(), 10);
    QCOMPARE(message(model, 0), u"c 16"_s);
}

void TestLogModel::takesLinesOfOtherSources()
{
    LogModel model;
    model.append(lines(1, 0, u"host"_s));
    QCOMPARE(model.index(0, static_cast<int>(LogModel::Column::Job)).data().toString(), u"host"_s);
    QVERIFY(!model.index(0, 0).data(JobIdRole).isValid());
}

QTEST_GUILESS_MAIN(TestLogModel)
#include "tst_logmodel.moc"
