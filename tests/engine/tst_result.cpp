// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/result.h"

#include <QList>
#include <QTest>

#include <memory>
#include <type_traits>

using namespace stint;

class TestResult final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loopOverACallsResultKeepsItAlive();
    void valueCanBeMovedOut();
    void errorsAreKept();
};

void TestResult::loopOverACallsResultKeepsItAlive()
{
    static_assert(std::is_same_v<decltype(*std::declval<Result<QString>>()), QString>);
    static_assert(std::is_same_v<decltype(std::declval<Result<QString>>().value()), QString>);
    const auto call = [] { return Result(QList<int>{1, 2, 3}); };
    int sum = 0;
    for (const int value : *call())
        sum += value;
    QCOMPARE(sum, 6);
}

void TestResult::valueCanBeMovedOut()
{
    Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
    const std::unique_ptr<int> value = *std::move(result);
    QCOMPARE(*value, 7);
}

void TestResult::errorsAreKept()
{
    const Result<int> failed(Error{ErrorCode::Busy, QStringLiteral("later")});
    QVERIFY(!failed.ok());
    QCOMPARE(failed.error().code, ErrorCode::Busy);
    QVERIFY(Result<void>().ok());
}

QTEST_APPLESS_MAIN(TestResult)
#include "tst_result.moc"
