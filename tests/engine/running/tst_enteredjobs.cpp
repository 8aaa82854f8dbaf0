// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/enteredjobs.h"

#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace stint;
using namespace std::chrono_literals;

class tst_EnteredJobs final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheNextHostWhatHadBegun();
    void waitsWhenAllPlacesAreTaken();
};

void tst_EnteredJobs::tellsTheNextHostWhatHadBegun()
{
    const QTemporaryDir folder;
    QVERIFY(!EnteredJobs::lastHost(folder.path()));
    const auto opened = EnteredJobs::open(folder.path(), QStringLiteral("h1"));
    QVERIFY(opened.ok());
    EnteredJobs &entered = **opened;
    const int first = entered.enter(7, 1);
    (void)entered.enter(8, 3);
    entered.leave(first);
    const auto left = EnteredJobs::lastHost(folder.path());
    QVERIFY(left);
    QCOMPARE(left->host, QStringLiteral("h1"));
    QCOMPARE(left->attempts, (QSet<EnteredJobs::Attempt>{{8, 3}}));
}

void tst_EnteredJobs::waitsWhenAllPlacesAreTaken()
{
    const QTemporaryDir folder;
    const auto opened = EnteredJobs::open(folder.path(), QStringLiteral("h1"));
    QVERIFY(opened.ok());
    EnteredJobs &entered = **opened;
    int place = 0;
    for (int id = 1; id <= EnteredJobs::capacity; ++id)
        place = entered.enter(id, 1);
    auto late = std::async(std::launch::async, [&] { return entered.enter(EnteredJobs::capacity + 1, 1); });
    QCOMPARE(late.wait_for(50ms), std::future_status::timeout);
    entered.leave(place);
    QCOMPARE(late.wait_for(20s), std::future_status::ready);
    QCOMPARE(late.get(), place);
}

QTEST_GUILESS_MAIN(tst_EnteredJobs)
#include "tst_enteredjobs.moc"
