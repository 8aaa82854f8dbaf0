// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/crondescription.h"

#include "engine/scheduling/daywords.h"
#include "engine/scheduling/timewords.h"

using namespace Qt::StringLiterals;

namespace stint {

QString describe(const CronExpression &expression)
{
    const TimeWords time = timeWords(expression.fields());
    const QString days = dayWords(expression.fields(), time.namesTimes);
    QString text = time.text;
    if (!days.isEmpty()) {
        const bool isLong = !time.namesTimes && text.contains(u',');
        const bool twoRanges = text.contains(" from "_L1) && days.startsWith("from "_L1);
        text += (isLong || twoRanges ? u", "_s : u" "_s) + days;
    }
    if (!expression.canOccur())
        text += u", which never comes"_s;
    text[0] = text.at(0).toUpper();
    return text;
}

} // namespace stint
