// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/cronexpression.h"

#include <QDateTime>
#include <QTest>

#include <algorithm>
#include <functional>
#include <vector>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

using Moments = std::vector<std::int64_t>; // seconds since 1970

/// What the clock on the wall shows.
struct WallClock {
    int second, minute, hour, day, month, weekday, lastDay;

    explicit WallClock(std::int64_t local)
    {
        using namespace std::chrono;
        const sys_seconds time(seconds{local});
        const auto midnight = floor<days>(time);
        const year_month_day date(midnight);
        const hh_mm_ss clock(time - midnight);
        second = static_cast<int>(clock.seconds().count());
        minute = static_cast<int>(clock.minutes().count());
        hour = static_cast<int>(clock.hours().count());
        day = static_cast<int>(static_cast<unsigned>(date.day()));
        month = static_cast<int>(static_cast<unsigned>(date.month()));
        weekday = static_cast<int>(std::chrono::weekday(midnight).c_encoding());
        lastDay = static_cast<int>(static_cast<unsigned>(year_month_day_last(date.year() / date.month() / last).day()));
    }
};

/// An expression and, without its parser, what it says.
struct Rule {
    QString text;
    bool interval;
    std::function<bool(const WallClock &)> matches;
};

const std::vector<Rule> &minuteRules()
{
    static const std::vector<Rule> rules{
        {u"30 2 * * *"_s, false, [](const WallClock &at) { return at.minute == 30 && at.hour == 2; }},
        {u"0,45 0,1,2,3 * * *"_s, false, [](const WallClock &at) { return (at.minute == 0 || at.minute == 45) && at.hour <= 3; }},
        {u"0 0 * * *"_s, false, [](const WallClock &at) { return at.minute == 0 && at.hour == 0; }},
        {u"15 1 * * 0"_s, false, [](const WallClock &at) { return at.minute == 15 && at.hour == 1 && at.weekday == 0; }},
        {u"10 2 25-31 3,4,10 *"_s, false,
         [](const WallClock &at) {
             return at.minute == 10 && at.hour == 2 && at.day >= 25 && (at.month == 3 || at.month == 4 || at.month == 10);
         }},
        {u"30 0 L * *"_s, false, [](const WallClock &at) { return at.minute == 30 && at.hour == 0 && at.day == at.lastDay; }},
        {u"45 1 * * SUN#1"_s, false, [](const WallClock &at) { return at.minute == 45 && at.hour == 1 && at.weekday == 0 && at.day <= 7; }},
        {u"0 3 13 * FRI"_s, false, [](const WallClock &at) { return at.minute == 0 && at.hour == 3 && at.day == 13 && at.weekday == 5; }},
        {u"20 12 15W * *"_s, false,
         [](const WallClock &at) {
             const bool sameDay = at.day == 15 && at.weekday >= 1 && at.weekday <= 5;
             return at.minute == 20 && at.hour == 12 && (sameDay || (at.day == 14 && at.weekday == 5) || (at.day == 16 && at.weekday == 1));
         }},
        {u"* * * * *"_s, true, [](const WallClock &) { return true; }},
        {u"*/7 * * * *"_s, true, [](const WallClock &at) { return at.minute % 7 == 0; }},
        {u"59 23-2 * * *"_s, true, [](const WallClock &at) { return at.minute == 59 && (at.hour == 23 || at.hour <= 2); }},
        {u"50-9/5 1,2 * * SAT-MON"_s, true,
         [](const WallClock &at) {
             return at.minute % 5 == 0 && (at.minute >= 50 || at.minute <= 9) && (at.hour == 1 || at.hour == 2)
                 && (at.weekday == 6 || at.weekday <= 1);
         }},
        {u"30 1-1 * * *"_s, true, [](const WallClock &at) { return at.minute == 30 && at.hour == 1; }},
    };
    return rules;
}

const std::vector<Rule> &secondRules()
{
    static const std::vector<Rule> rules{
        {u"10,50 0,29,30 * * * *"_s, true,
         [](const WallClock &at) { return (at.second == 10 || at.second == 50) && (at.minute % 30 == 0 || at.minute == 29); }},
        {u"59 59 0,1,2,23 * * *"_s, false,
         [](const WallClock &at) { return at.second == 59 && at.minute == 59 && (at.hour <= 2 || at.hour == 23); }},
        {u"*/20 30 1,2 * * *"_s, true,
         [](const WallClock &at) { return at.second % 20 == 0 && at.minute == 30 && (at.hour == 1 || at.hour == 2); }},
    };
    return rules;
}

std::int64_t newYear(int year)
{
    return QDateTime(QDate(year, 1, 1), QTime(0, 0), Qt::UTC).toSecsSinceEpoch();
}

int offsetOf(const QTimeZone &zone, std::int64_t moment)
{
    return zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(moment, Qt::UTC));
}

/// Looks at the clock of the zone at every moment from `begin` until `end`, and at what it skipped since the one
/// before. No rules of the calendar, no table of changes.
std::vector<Moments> watchTheClock(const QTimeZone &zone, const std::vector<Rule> &rules, std::int64_t begin, std::int64_t end,
                                   std::int64_t step)
{
    std::vector<Moments> found(rules.size());
    const auto note = [&](std::int64_t moment, std::int64_t local, bool shownBefore) {
        const WallClock clock(local);
        for (std::size_t i = 0; i < rules.size(); ++i) {
            const bool due = rules[i].matches(clock) && (!shownBefore || rules[i].interval);
            if (due && (found[i].empty() || found[i].back() != moment))
                found[i].push_back(moment);
        }
    };
    std::int64_t shown = begin - step + offsetOf(zone, begin - step);
    for (std::int64_t moment = begin; moment < end; moment += step) {
        const std::int64_t local = moment + offsetOf(zone, moment);
        for (std::int64_t skipped = shown + step; skipped < local; skipped += step)
            note(moment, skipped, false);
        note(moment, local, local <= shown);
        shown = std::max(shown, local);
    }
    return found;
}

Timestamp toMoment(std::int64_t second)
{
    return Timestamp(std::chrono::seconds(second));
}

/// From one occurrence to the next, as a scheduler's clock goes.
Moments walk(const CronExpression &cron, const QTimeZone &zone, std::int64_t begin, std::int64_t end)
{
    Moments found;
    for (auto at = cron.next(toMoment(begin - 1), zone); at && *at < toMoment(end); at = cron.next(*at, zone))
        found.push_back(std::chrono::floor<std::chrono::seconds>(*at).time_since_epoch().count());
    return found;
}

Moments walkBack(const CronExpression &cron, const QTimeZone &zone, std::int64_t begin, std::int64_t end)
{
    Moments found;
    for (auto at = cron.previous(toMoment(end), zone); at && *at >= toMoment(begin); at = cron.previous(*at, zone))
        found.push_back(std::chrono::floor<std::chrono::seconds>(*at).time_since_epoch().count());
    std::reverse(found.begin(), found.end());
    return found;
}

QString firstDifference(const Moments &actual, const Moments &expected)
{
    const auto [a, e] = std::mismatch(actual.begin(), actual.end(), expected.begin(), expected.end());
    const auto text
        = [](const Moments &list, Moments::const_iterator at) { return at == list.end() ? u"none"_s : toIsoText(toMoment(*at)); };
    return a == actual.end() && e == expected.end() ? QString() : u"%1 instead of %2"_s.arg(text(actual, a), text(expected, e));
}

} // namespace

/// A whole year in zones with all kinds of changes, compared with a look at the clock at each of its minutes.
class CronYearTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMinute_data();
    void everyMinute();
    void everySecondNearChanges_data() { everyMinute_data(); }
    void everySecondNearChanges();

private:
    static void compare(const QTimeZone &zone, const std::vector<Rule> &rules, std::int64_t begin, std::int64_t end, std::int64_t step);
};

void CronYearTest::everyMinute_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<int>("year");
    for (const auto &[zone, year] :
         std::initializer_list<std::pair<const char *, int>>{{"UTC", 2026},
                                                             {"Europe/Berlin", 2026},
                                                             {"America/New_York", 2026},
                                                             {"Australia/Lord_Howe", 2026}, // half an hour
                                                             {"Asia/Amman", 2017},          // a gap at midnight
                                                             {"Asia/Amman", 2022},          // stays in summer
                                                             {"Asia/Amman", 2026},
                                                             {"Africa/Casablanca", 2026}, // an overlap in spring
                                                             {"Europe/Dublin", 2026},     // winter is the saving
                                                             {"America/Santiago", 2026},  // an overlap at midnight
                                                             {"Antarctica/Troll", 2026},  // two hours
                                                             {"Pacific/Apia", 2011},      // a day skipped
                                                             {"America/Nuuk", 2023},      // a new zone at the hour of a change
                                                             {"Europe/Berlin", 2517}})
        QTest::addRow("%s %d", zone, year) << QByteArray(zone) << year;
}

void CronYearTest::compare(const QTimeZone &zone, const std::vector<Rule> &rules, std::int64_t begin, std::int64_t end, std::int64_t step)
{
    const auto expected = watchTheClock(zone, rules, begin, end, step);
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const auto cron = CronExpression::parse(rules[i].text);
        QVERIFY(cron);
        QCOMPARE(cron->fields().interval, rules[i].interval);
        const QString forth = firstDifference(walk(*cron, zone, begin, end), expected[i]);
        QVERIFY2(forth.isEmpty(), qPrintable(rules[i].text + u", next: "_s + forth));
        const QString back = firstDifference(walkBack(*cron, zone, begin, end), expected[i]);
        QVERIFY2(back.isEmpty(), qPrintable(rules[i].text + u", previous: "_s + back));
    }
}

void CronYearTest::everyMinute()
{
    QFETCH(QByteArray, zone);
    QFETCH(int, year);
    QVERIFY(QTimeZone(zone).isValid());
    compare(QTimeZone(zone), minuteRules(), newYear(year), newYear(year + 1), 60);
}

void CronYearTest::everySecondNearChanges()
{
    QFETCH(QByteArray, zone);
    QFETCH(int, year);
    constexpr std::int64_t hour = 3600;
    const QTimeZone place(zone);
    for (std::int64_t at = newYear(year); at < newYear(year + 1); at += hour) {
        if (offsetOf(place, at) != offsetOf(place, at + hour))
            compare(place, secondRules(), at - 4 * hour, at + 5 * hour, 1);
    }
}

QTEST_GUILESS_MAIN(CronYearTest)
#include "tst_cronyear.moc"
