// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/schedule.h"

#include "engine/crondescription.h"
#include "engine/retrypolicy.h"
#include "engine/scheduledtask.h"

using namespace Qt::StringLiterals;

namespace stint {

Schedule Schedule::every(std::chrono::milliseconds interval)
{
    return Schedule(Ticks(interval));
}

Result<Schedule> Schedule::parse(const QString &expression, const QString &zone, CronFormat format, const QString &name)
{
    const auto cron = CronExpression::parse(expression, format, name);
    if (!cron)
        return cron.error();
    if (!cron->canOccur())
        return Error{ErrorCode::InvalidArgument, u"\"%1\" is never due: there is no such day"_s.arg(expression)};
    if (!zone.isEmpty() && !QTimeZone(zone.toUtf8()).isValid())
        return Error{ErrorCode::InvalidArgument, u"\"%1\" is not a time zone of this system"_s.arg(zone)};
    return Schedule(Cron{expression, *cron}, zone.isEmpty() ? QString() : zone);
}

Result<Schedule> Schedule::cron(const QString &expression, const QString &zone, CronFormat format)
{
    return parse(expression, zone, format, u"schedule"_s);
}

Result<Schedule> Schedule::of(const ScheduledTask &task)
{
    if (!task.cronExpression.isEmpty())
        return parse(task.cronExpression, task.zone, CronFormat::Auto, task.name.isEmpty() ? u"schedule"_s : task.name);
    if (!task.interval)
        return Error{ErrorCode::InvalidArgument, u"it has neither an interval nor a cron expression"_s};
    if (*task.interval < shortest)
        return Error{ErrorCode::InvalidArgument, u"its interval is shorter than %1"_s.arg(toDurationText(shortest))};
    return Schedule(*task.interval);
}

Schedule Schedule::constant(const char *expression)
{
    return cron(QString::fromLatin1(expression)).value();
}

Schedule Schedule::everyMinute()
{
    return constant("* * * * *");
}

Schedule Schedule::hourly()
{
    return constant("0 * * * *");
}

Schedule Schedule::daily()
{
    return constant("0 0 * * *");
}

Schedule Schedule::weekly()
{
    return constant("0 0 * * 0");
}

Schedule Schedule::monthly()
{
    return constant("0 0 1 * *");
}

Schedule Schedule::yearly()
{
    return constant("0 0 1 1 *");
}

QTimeZone Schedule::timeZone() const
{
    return m_zone.isEmpty() ? QTimeZone::utc() : QTimeZone(m_zone.toUtf8());
}

std::optional<Timestamp> Schedule::next(Timestamp moment, Timestamp onGrid) const
{
    if (const auto *const cron = std::get_if<Cron>(&m_rule))
        return cron->expression.next(moment, timeZone());
    const Ticks step = interval();
    const Ticks past = (moment - onGrid) % step; // of the step that it is in; negative before the grid's point
    return moment - past + (past < Ticks::zero() ? Ticks::zero() : step);
}

std::optional<Timestamp> Schedule::previous(Timestamp moment, Timestamp onGrid) const
{
    if (const auto *const cron = std::get_if<Cron>(&m_rule))
        return cron->expression.previous(moment, timeZone());
    const auto after = next(moment, onGrid);
    const bool isOnGrid = (moment - onGrid) % interval() == Ticks::zero();
    return *after - (isOnGrid ? 2 : 1) * interval();
}

Ticks Schedule::interval() const
{
    const auto *const interval = std::get_if<Ticks>(&m_rule);
    return interval ? *interval : Ticks::zero();
}

const CronExpression *Schedule::cronExpression() const
{
    const auto *const cron = std::get_if<Cron>(&m_rule);
    return cron ? &cron->expression : nullptr;
}

QString Schedule::expression() const
{
    const auto *const cron = std::get_if<Cron>(&m_rule);
    return cron ? cron->text : QString();
}

QString Schedule::toText() const
{
    if (isInterval())
        return u"every "_s + toDurationText(std::chrono::duration_cast<std::chrono::milliseconds>(interval()));
    return m_zone.isEmpty() ? expression() : expression() + u' ' + m_zone;
}

QString Schedule::describe() const
{
    const auto *const cron = std::get_if<Cron>(&m_rule);
    if (!cron)
        return u"Every "_s + toDurationText(std::chrono::duration_cast<std::chrono::milliseconds>(interval()));
    const QString words = stint::describe(cron->expression);
    return m_zone.isEmpty() ? words : u"%1, %2 time"_s.arg(words, m_zone);
}

} // namespace stint
