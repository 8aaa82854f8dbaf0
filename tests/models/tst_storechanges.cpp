// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/storechanges.h"

#include "tests/support/fakejobstore.h"

#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace stint;

class TestStoreChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStormIsToldAFewTimes();
    void pauseKeepsTheChange();
};

void TestStoreChanges::aStormIsToldAFewTimes()
{
    auto store = std::make_shared<test::FakeJobStore>();
    StoreChanges changes(store);
    QSignalSpy told(&changes, &StoreChanges::changed);
    std::jthread writer([store](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            store->tell();
            std::this_thread::yield();
        }
    });
    QElapsedTimer timer;
    timer.start();
    QTRY_VERIFY(told.count() >= 3);
    writer.request_stop();
    QVERIFY2(timer.elapsed() >= 2 * 290, qPrintable(QString::number(timer.elapsed())));
}

void TestStoreChanges::pauseKeepsTheChange()
{
    auto store = std::make_shared<test::FakeJobStore>();
    StoreChanges changes(store);
    QSignalSpy told(&changes, &StoreChanges::changed);
    changes.setPaused(true);
    store->tell();
    QCoreApplication::processEvents();
    QCOMPARE(told.count(), 0);
    changes.setPaused(false);
    QCOMPARE(told.count(), 1);
}

QTEST_GUILESS_MAIN(TestStoreChanges)
#include "tst_storechanges.moc"
