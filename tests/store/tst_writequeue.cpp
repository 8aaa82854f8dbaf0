// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/writequeue.h"

#include <QTest>

#include <atomic>
#include <future>

using namespace stint;
using namespace std::chrono_literals;

namespace {

/// Counts what the queue asks of it; can be told to refuse commits and to want follow-up work at once.
class Target final : public WriteTarget
{
public:
    Result<void> begin() override
    {
        ++begun;
        return {};
    }
    Result<void> apply(const std::function<void()> &operation, bool &) override
    {
        operation();
        return {};
    }
    Result<void> commit() override { return full ? Result<void>(Error{ErrorCode::DiskFull, QStringLiteral("full")}) : Result<void>(); }
    void rollback() override { }
    void afterCommit() override { }
    std::optional<std::chrono::steady_clock::time_point> deferredUntil() const override
    {
        return followUp ? std::optional(std::chrono::steady_clock::time_point{}) : std::nullopt;
    }

    std::atomic<int> begun{0};
    std::atomic<bool> full{false};
    std::atomic<bool> followUp{false};
};

Error write(WriteQueue &queue)
{
    std::promise<Result<void>> written;
    queue.post([] {}, [&](Result<void> result) { written.set_value(std::move(result)); });
    const Result<void> result = written.get_future().get();
    return result ? Error{} : result.error();
}

} // namespace

class tst_WriteQueue final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callersOfALostTransactionAreTold();
    void aFullDiskIsNotTriedWithoutPause();
    void flushDoesNotWaitForWhatOthersPostMeanwhile();
};

void tst_WriteQueue::callersOfALostTransactionAreTold()
{
    Target target;
    target.full = true;
    WriteQueue queue(target);
    QCOMPARE(write(queue).code, ErrorCode::DiskFull);
    target.full = false;
    QVERIFY(write(queue).message.isEmpty());
}

/// Follow-up work that cannot be written neither spins, nor keeps a host from stopping.
void tst_WriteQueue::aFullDiskIsNotTriedWithoutPause()
{
    Target target;
    target.full = true;
    target.followUp = true;
    {
        WriteQueue queue(target);
        QCOMPARE(write(queue).code, ErrorCode::DiskFull);
        queue.flush();
        QCOMPARE(write(queue).code, ErrorCode::DiskFull);
    }
    QVERIFY2(target.begun <= 4, qPrintable(QString::number(target.begun)));
}

void tst_WriteQueue::flushDoesNotWaitForWhatOthersPostMeanwhile()
{
    Target target;
    std::atomic<bool> enough{false};
    std::function<void()> again; // outlives the queue, whose thread copies it to the last
    WriteQueue queue(target);
    // Each operation posts the next before it ends, so that the queue is never empty.
    again = [&] {
        if (!enough)
            queue.post(again);
    };
    queue.post(again);
    auto flushed = std::async(std::launch::async, [&] { queue.flush(); });
    const auto status = flushed.wait_for(20s);
    enough = true;
    flushed.wait();
    QCOMPARE(status, std::future_status::ready);
}

QTEST_GUILESS_MAIN(tst_WriteQueue)
#include "tst_writequeue.moc"
