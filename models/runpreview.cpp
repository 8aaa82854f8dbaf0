// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/runpreview.h"

#include "models/displaytext.h"

#include <QLocale>

namespace stint {

namespace {

using namespace std::chrono;

constexpr Timestamp endOfCalendar{seconds{253'402'300'800}}; ///< year 10000

seconds offsetAt(const QTimeZone &zone, Timestamp moment)
{
    return seconds{zone.offsetFromUtc(toDateTime(moment))};
}

/// The moment at which a clock in UTC would show what the zone's clock shows.
Timestamp wallOf(const QTimeZone &zone, Timestamp moment)
{
    return moment + offsetAt(zone, moment);
}

QString timeOfDay(Timestamp wall)
{
    const QTime time = toDateTime(wall).time();
    return time.toString(time.second() == 0 ? u"HH:mm" : u"HH:mm:ss");
}

constexpr QLatin1StringView toTheSecond{"yyyy-MM-dd HH:mm:ss"};
constexpr QLatin1StringView toTheMinute{"yyyy-MM-dd HH:mm"};

QString momentOn(const QTimeZone &zone, Timestamp moment, QLatin1StringView pattern)
{
    const QDateTime there = toDateTime(moment).toTimeZone(zone);
    return QLocale::c().toString(there, QStringLiteral("ddd ") + pattern) + QLatin1Char(' ') + there.timeZoneAbbreviation();
}

/// The moments of the runs on each clock; to the second only where that says more.
void writeMoments(QList<RunPreview::Run> &runs, const QTimeZone &zone, const QTimeZone &local)
{
    const bool areWhole = std::ranges::all_of(runs, [](const RunPreview::Run &run) { return run.moment == floor<minutes>(run.moment); });
    const QLatin1StringView pattern = areWhole ? toTheMinute : toTheSecond;
    for (RunPreview::Run &run : runs) {
        run.zoned = momentOn(zone, run.moment, pattern);
        run.local = momentOn(local, run.moment, pattern);
        run.utc = toDateTime(run.moment).toString(pattern);
    }
    const bool isSeenHere
        = zone == QTimeZone::utc() || std::ranges::equal(runs, runs, {}, &RunPreview::Run::zoned, &RunPreview::Run::local);
    for (RunPreview::Run &run : runs) {
        if (isSeenHere)
            run.zoned = QString();
    }
}

QString inHours(seconds change)
{
    return displaytext::duration(duration_cast<milliseconds>(abs(change)));
}

/// The times that the clock skips right before `moment` and that the expression means; empty if it means `moment` itself.
QString skippedTimes(const CronExpression &expression, const QTimeZone &zone, Timestamp moment)
{
    const seconds jump = offsetAt(zone, moment) - offsetAt(zone, moment - seconds{1});
    const Timestamp wall = wallOf(zone, moment);
    if (jump <= seconds{0} || expression.next(wall, QTimeZone::utc(), true) == wall)
        return {};
    const auto first = expression.next(wall - jump, QTimeZone::utc(), true);
    const auto last = expression.previous(wall, QTimeZone::utc());
    if (!first || !last || *first >= wall)
        return {};
    return *first == *last ? timeOfDay(*first) : RunPreview::tr("%1 to %2").arg(timeOfDay(*first), timeOfDay(*last));
}

/// Whether the clock shows what it shows at `moment` twice, and which of the two this is.
enum class Pass : std::uint8_t { Only, First, Second };
Pass passOf(const QTimeZone &zone, Timestamp moment)
{
    const seconds offset = offsetAt(zone, moment);
    for (const hours away : {hours{-24}, hours{24}}) {
        const seconds other = offsetAt(zone, moment + away);
        if (other != offset && offsetAt(zone, moment + offset - other) == other)
            return other > offset ? Pass::Second : Pass::First;
    }
    return Pass::Only;
}

/// Notes at each run what the clock of `zone` does there; `expression` is null of an interval, which the clock moves nowhere.
void noteClock(QList<RunPreview::Run> &runs, const QTimeZone &zone, const CronExpression *expression, Timestamp now)
{
    seconds before = offsetAt(zone, now);
    for (RunPreview::Run &run : runs) {
        const seconds offset = offsetAt(zone, run.moment);
        const QString time = timeOfDay(wallOf(zone, run.moment));
        const Pass pass = passOf(zone, run.moment);
        const QString skipped = expression ? skippedTimes(*expression, zone, run.moment) : QString();
        if (!skipped.isEmpty()) {
            run.change = RunPreview::Change::Skipped;
            run.note = RunPreview::tr("Clock goes forward %1 and skips %2: runs at %3 instead")
                           .arg(inHours(offset - offsetAt(zone, run.moment - seconds{1})), skipped, time);
        } else if (pass != Pass::Only) {
            const bool isInBoth = !expression || expression->fields().interval;
            run.change = RunPreview::Change::Repeated;
            run.note = !isInBoth      ? RunPreview::tr("Clock goes back: %1 comes twice, runs the first time only").arg(time)
                : pass == Pass::First ? RunPreview::tr("Clock goes back: %1 comes twice, this is the first").arg(time)
                                      : RunPreview::tr("Clock went back: %1 comes twice, this is the second").arg(time);
        } else if (offset > before) {
            run.change = RunPreview::Change::WentForward;
            run.note = RunPreview::tr("Clock went forward %1 before this run").arg(inHours(offset - before));
        } else if (offset < before) {
            run.change = RunPreview::Change::WentBack;
            run.note = RunPreview::tr("Clock went back %1 before this run").arg(inHours(offset - before));
        }
        before = offset;
    }
}

QString asSentence(const QString &text)
{
    QString made = text.left(1).toUpper() + text.mid(1);
    return made.endsWith(QLatin1Char('.')) ? made : made + QLatin1Char('.');
}

/// What the task goes by; nothing, with the problem told in `preview`, where that is nothing to go by.
std::optional<Schedule> scheduleOf(const ScheduledTask &task, RunPreview &preview)
{
    const auto refuse = [&preview](const QString &problem) {
        preview.problem = problem;
        return std::nullopt;
    };
    if (!task.cronExpression.isEmpty()) {
        if (task.cronExpression.size() > RunPreview::longestExpression)
            return refuse(RunPreview::tr("The expression is longer than %1 characters.").arg(RunPreview::longestExpression));
        const auto cron = CronExpression::parse(task.cronExpression, CronFormat::Auto, task.name);
        preview.neverRuns = cron && !cron->canOccur();
        if (preview.neverRuns)
            return refuse(RunPreview::tr("It never runs: there is no day that the expression means."));
    } else if (!task.interval) {
        return refuse(RunPreview::tr("Say when it runs."));
    } else if (*task.interval < Schedule::shortest) {
        return refuse(RunPreview::tr("The interval must be at least %1.").arg(displaytext::duration(Schedule::shortest)));
    } else if (*task.interval > RunPreview::longestInterval) {
        return refuse(RunPreview::tr("The interval must be at most 36,500 days."));
    }
    const auto schedule = Schedule::of(task);
    return schedule ? std::optional(*schedule) : refuse(asSentence(schedule.error().message));
}

} // namespace

RunPreview RunPreview::of(const ScheduledTask &given, Timestamp now, const QTimeZone &local)
{
    ScheduledTask task = given;
    if (task.name.isEmpty())
        task.name = QStringLiteral("schedule"); // for H, until it has one
    RunPreview preview;
    const auto schedule = scheduleOf(task, preview);
    if (!schedule)
        return preview;
    preview.words = displaytext::scheduleOf(task);

    const QTimeZone zone = schedule->timeZone();
    std::optional<Timestamp> next;
    if (schedule->isInterval())
        next = task.nextRun && *task.nextRun > now ? *task.nextRun : now;
    else
        next = schedule->next(now);
    while (next && preview.runs.size() < count) {
        preview.runs.append({*next, {}, {}, {}, Change::Steady, {}});
        if (!schedule->isInterval())
            next = schedule->next(*next);
        else if (endOfCalendar - *next > schedule->interval())
            next = *next + schedule->interval();
        else
            next.reset();
    }
    if (preview.runs.isEmpty()) {
        preview.neverRuns = true;
        preview.problem = tr("It never runs: there is no such day before the year 10000.");
        return preview;
    }
    writeMoments(preview.runs, zone, local);
    // What is steady in UTC, as an interval is, is not so on the clock here.
    if (schedule->isInterval() || zone == QTimeZone::utc())
        noteClock(preview.runs, local, nullptr, now);
    else
        noteClock(preview.runs, zone, schedule->cronExpression(), now);
    return preview;
}

} // namespace stint
