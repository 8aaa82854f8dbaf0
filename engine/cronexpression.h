// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/cronfields.h"
#include "engine/result.h"
#include "engine/timestamp.h"

#include <QStringView>
#include <QTimeZone>

#include <cstdint>
#include <optional>

namespace stint {

/// How many fields an expression has. Macros (`@daily`) are understood in each.
enum class CronFormat : std::uint8_t {
    Auto,     ///< five or six, told apart by their number
    Standard, ///< five: minutes, hours, days of month, months, days of week
    Seconds,  ///< six: seconds before those
};

/// A cron expression in the dialect of Cronos, and when it is due. A plain value; any thread.
///
/// At a change of a zone's offset: all times that the clock skips become one run at the first moment after them. Of
/// times that the clock shows twice an expression of fixed times runs in the first pass only, an interval
/// (CronFields::interval) in both.
class CronExpression final
{
public:
    /// InvalidArgument names the field (`Days of month: …`) and the position in the text, counted from 1.
    ///
    /// `H` takes a value from the hash of `name`, the same wherever it is computed, so that schedules do not all start
    /// at once: `H` any of the field (day 1 to 28), `H(0-29)` one of the range, `H/15` every 15 from a start below 15,
    /// `H(0-29)/10` both. Without a name it is refused.
    [[nodiscard]] static Result<CronExpression> parse(QStringView text, CronFormat format = CronFormat::Auto, QStringView name = {});

    /// The first occurrence after `from` (at it too, if inclusive), a whole second; none before the end of year 9999,
    /// or in a zone that is not valid, is null. Fractions of a second make an inclusive `from` exclusive. A run moved
    /// out of a gap is not found from the very moment to which it was moved, inclusive or not.
    [[nodiscard]] std::optional<Timestamp> next(Timestamp from, const QTimeZone &zone = QTimeZone::utc(), bool inclusive = false) const;
    /// The last occurrence before `from` (at it too, if inclusive) of those that next() goes through; null if there is
    /// none since year 1.
    [[nodiscard]] std::optional<Timestamp> previous(Timestamp from, const QTimeZone &zone = QTimeZone::utc(), bool inclusive = false) const;
    /// Whether there is a day that it means: not so for the 30th of February.
    [[nodiscard]] bool canOccur() const;

    [[nodiscard]] const CronFields &fields() const { return m_fields; }
    /// An equal expression in a normal form; `H` is replaced by the value that it took.
    [[nodiscard]] QString toString() const;

    friend bool operator==(const CronExpression &, const CronExpression &) = default;

private:
    explicit CronExpression(const CronFields &fields)
        : m_fields(fields)
    {
    }

    CronFields m_fields;
};

} // namespace stint
