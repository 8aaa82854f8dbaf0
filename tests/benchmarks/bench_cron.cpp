// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// What reading a cron expression and finding its next occurrence cost, beside croniter (Debian's python3-croniter), the
// peer at hand, and beside what Qt takes to tell the local time of one moment. No test: run it by hand.

#include "engine/cronexpression.h"

#include <QDateTime>
#include <QProcess>

#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

using Clock = std::chrono::steady_clock;
constexpr int rounds = 200'000;
constexpr int peerRounds = 2'000;

constexpr auto peer = R"(
import sys, time
from croniter import CroniterBadDateError, croniter
rounds = int(sys.argv[1])
for text in sys.argv[2:]:
    begin = time.perf_counter()
    for _ in range(rounds):
        cron = croniter(text, 1767225600.0, day_or=False)
    parsed = time.perf_counter()
    for i in range(rounds):
        cron.set_current(1767225600.0 + i * 3607)
        try:
            cron.get_next(float)
        except CroniterBadDateError:
            pass
    ended = time.perf_counter()
    print((parsed - begin) / rounds * 1e9, (ended - parsed) / rounds * 1e9)
)";

/// Nanoseconds of one call of `work`, which gets the number of the round. What it returns is used, so that it is done.
template <typename Work>
double nanosecondsOf(Work work)
{
    std::int64_t sum = 0;
    const auto begin = Clock::now();
    for (int i = 0; i < rounds; ++i)
        sum += work(i);
    const double nanoseconds = std::chrono::duration<double, std::nano>(Clock::now() - begin).count() / rounds;
    if (sum == 42) // never, but the compiler cannot know
        std::puts("");
    return nanoseconds;
}

Timestamp moment(int round)
{
    using namespace std::chrono;
    return sys_seconds(seconds{1'767'225'600 + std::int64_t{round} % 8760 * 3607}); // in 2026
}

double next(const CronExpression &cron, const QTimeZone &zone)
{
    return nanosecondsOf([&](int round) {
        const auto found = cron.next(moment(round), zone);
        return found ? found->time_since_epoch().count() : 0;
    });
}

QByteArrayList askPeer(const QStringList &expressions)
{
    QProcess python;
    python.start(u"/usr/bin/python3"_s, QStringList{u"-c"_s, QString::fromLatin1(peer), QString::number(peerRounds)} + expressions);
    if (!python.waitForFinished(-1) || python.exitCode() != 0) {
        std::fprintf(stderr, "croniter: %s\n", python.readAllStandardError().constData());
        std::exit(1);
    }
    return python.readAllStandardOutput().split('\n');
}

} // namespace

int main()
{
    const QStringList expressions{u"* * * * *"_s,      u"*/15 9-17 * * MON-FRI"_s, u"30 9 * * 1-5"_s, u"0 0 L * *"_s,
                                  u"0 12 * * FRI#2"_s, u"*/10 12-20 * DEC 3"_s,    u"0 0 29 2 *"_s,   u"0 0 29 2 1"_s,
                                  u"0 0 31 2 *"_s};
    const QByteArrayList peers = askPeer(expressions);
    const QTimeZone utc = QTimeZone::utc();
    const QTimeZone berlin("Europe/Berlin");

    std::printf("%-24s %10s %10s %10s %14s %14s\n", "ns", "parse", "next UTC", "next zone", "croniter parse", "croniter next");
    for (qsizetype i = 0; i < expressions.size(); ++i) {
        const QString &text = expressions.at(i);
        const auto cron = CronExpression::parse(text);
        if (!cron)
            return 1;
        const double parse
            = nanosecondsOf([&](int) { return static_cast<std::int64_t>(CronExpression::parse(text).value().fields().minutes); });
        const QByteArrayList said = peers.at(i).split(' ');
        std::printf("%-24s %10.0f %10.0f %10.0f %14.0f %14.0f\n", qPrintable(text), parse, next(*cron, utc), next(*cron, berlin),
                    said.at(0).toDouble(), said.at(1).toDouble());
    }
    const double qt = nanosecondsOf([&](int round) { return std::int64_t{toDateTime(moment(round)).toTimeZone(berlin).time().hour()}; });
    std::printf("%-24s %32.0f\n", "QDateTime to that zone", qt);
    return 0;
}
