// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/cronexpression.h"

#include <QString>

#include <variant>

namespace stint {

struct ScheduledTask;

/// When a scheduled task is due: every so often, or at the times of a cron expression in a time zone. A plain value;
/// any thread.
class Schedule final
{
public:
    /// The shortest interval.
    static constexpr std::chrono::milliseconds shortest{100};

    /// The first run at once, the others on the grid that it begins: no run is put off by the one before it. What is
    /// shorter than `shortest` is refused when a task is saved with it.
    [[nodiscard]] static Schedule every(std::chrono::milliseconds interval);
    /// InvalidArgument names the field and the position, or says that the expression means no day that there is.
    /// `zone` is a name such as `Europe/Berlin`; null: UTC. `H` takes its value from the name of the task that is given
    /// the schedule.
    [[nodiscard]] static Result<Schedule> cron(const QString &expression, const QString &zone = {}, CronFormat format = CronFormat::Auto);
    /// That of a task; InvalidArgument says why it has none that can be understood.
    [[nodiscard]] static Result<Schedule> of(const ScheduledTask &task);

    // At the full minute, hour, day and so on, UTC.
    [[nodiscard]] static Schedule everyMinute();
    [[nodiscard]] static Schedule hourly();
    [[nodiscard]] static Schedule daily();
    [[nodiscard]] static Schedule weekly();  ///< on Sunday
    [[nodiscard]] static Schedule monthly(); ///< on the 1st
    [[nodiscard]] static Schedule yearly();  ///< on the 1st of January

    /// The first occurrence after `moment`; null: none before the end of year 9999. Those of an interval lie on the grid
    /// through `onGrid`, which a cron expression does not need.
    [[nodiscard]] std::optional<Timestamp> next(Timestamp moment, Timestamp onGrid = {}) const;
    /// The last occurrence before `moment`; null if there is none.
    [[nodiscard]] std::optional<Timestamp> previous(Timestamp moment, Timestamp onGrid = {}) const;

    [[nodiscard]] bool isInterval() const { return std::holds_alternative<Ticks>(m_rule); }
    [[nodiscard]] Ticks interval() const;                        ///< 0 of a cron expression
    [[nodiscard]] QString expression() const;                    ///< as it was written; null of an interval
    [[nodiscard]] const CronExpression *cronExpression() const;  ///< null of an interval
    [[nodiscard]] const QString &zone() const { return m_zone; } ///< null: UTC
    [[nodiscard]] QTimeZone timeZone() const;                    ///< of that name

    /// `every 30s`, or the expression and its zone: `30 2 * * * Europe/Berlin`.
    [[nodiscard]] QString toText() const;
    /// In English: `Every 30s`, `At 02:30, Europe/Berlin time`.
    [[nodiscard]] QString describe() const;

    friend bool operator==(const Schedule &, const Schedule &) = default;

private:
    struct Cron {
        QString text;
        CronExpression expression;
        friend bool operator==(const Cron &, const Cron &) = default;
    };

    explicit Schedule(Ticks interval)
        : m_rule(interval)
    {
    }
    Schedule(Cron cron, QString zone)
        : m_rule(std::move(cron))
        , m_zone(std::move(zone))
    {
    }
    [[nodiscard]] static Result<Schedule> parse(const QString &expression, const QString &zone, CronFormat format, const QString &name);
    [[nodiscard]] static Schedule constant(const char *expression);

    std::variant<Ticks, Cron> m_rule;
    QString m_zone;
};

} // namespace stint
