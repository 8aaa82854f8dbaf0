// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/summarypage.h"
#include "support/storefolder.h"

#include <QTest>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

/// Pages of one month of all jobs: exact although ids do not quite rise with time, and not by sorting the month.
class tst_MonthBounds final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pagesAreExact_data();
    void pagesAreExact();
    void jobsThatComeLaterAreSeen();
    void pageIsReadInTheOrderOfTheTable();
};

namespace {

Timestamp day(int month, int number)
{
    return Timestamp(std::chrono::sys_days(std::chrono::year(2026) / month / number));
}

/// Three months, and clocks that were wrong: jobs of one month among those of the others.
QList<std::int64_t> fill(StoreFolder &folder, YearMonth wanted)
{
    QList<std::int64_t> ids;
    for (const auto &[month, number] : {std::pair(8, 1), {8, 31}, {9, 1}, {8, 31}, {9, 15}, {10, 2}, {9, 30}, {10, 20}, {8, 3}, {10, 31}}) {
        folder.clock->set(day(month, number));
        for (const JobRef &ref : folder.enqueue(7, u"A"_s)) {
            if (wanted == YearMonth{2026, month})
                ids.prepend(ref.id);
        }
    }
    return ids;
}

} // namespace

void tst_MonthBounds::pagesAreExact_data()
{
    QTest::addColumn<int>("month");
    QTest::newRow("none") << 7;
    QTest::newRow("first") << 8;
    QTest::newRow("middle") << 9;
    QTest::newRow("last") << 10;
}

void tst_MonthBounds::pagesAreExact()
{
    QFETCH(int, month);
    StoreFolder folder;
    const QList<std::int64_t> expected = fill(folder, {2026, month});
    for (int round = 0; round < 2; ++round) { // the second time the bounds are known
        QList<std::int64_t> found;
        std::optional<std::int64_t> before;
        for (bool more = true; more;) {
            const auto page = folder.store->list({.pane = Pane::All, .month = YearMonth{2026, month}, .beforeId = before, .limit = 4});
            for (const Job &job : page->jobs)
                found.append(job.id);
            more = page->more;
            before = found.isEmpty() ? before : std::optional(found.constLast());
        }
        QCOMPARE(found, expected);
    }
}

void tst_MonthBounds::jobsThatComeLaterAreSeen()
{
    StoreFolder folder;
    QList<std::int64_t> expected = fill(folder, {2026, 8});
    const JobQuery query{.pane = Pane::All, .month = YearMonth{2026, 8}, .limit = 100};
    QCOMPARE(folder.store->list(query)->jobs.size(), expected.size());
    folder.clock->set(day(8, 9));
    const std::int64_t late = folder.enqueue(u"A"_s);
    const auto page = folder.store->list(query);
    QCOMPARE(page->jobs.size(), expected.size() + 1);
    QCOMPARE(page->jobs.first().id, late);
}

void tst_MonthBounds::pageIsReadInTheOrderOfTheTable()
{
    StoreFolder folder;
    fill(folder, {2026, 9});
    ReadConnection file(folder.queuePath(), OpenMode::ReadOnly);
    MonthBounds bounds;
    const JobQuery query{.pane = Pane::All, .month = YearMonth{2026, 9}, .limit = 10};
    const auto filter = summarypage::filter(file, query, bounds);
    QVERIFY(filter);
    const QByteArray sql = "EXPLAIN QUERY PLAN " + summarypage::sql(file, query, *filter);
    auto plan = file.db().statement(file.keep(sql));
    filter->bind(plan);
    QStringList steps;
    while (plan.step())
        steps.append(plan.text(3));
    const QString text = steps.join(u'\n');
    QVERIFY2(steps.first().contains(u"SEARCH s USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"_s), qPrintable(text));
    QVERIFY2(!text.contains(u"TEMP B-TREE"_s), qPrintable(text));
}

QTEST_GUILESS_MAIN(tst_MonthBounds)
#include "tst_monthbounds.moc"
