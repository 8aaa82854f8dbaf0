# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT
"""What croniter says: for each line `seconds since 1970<TAB>next or previous<TAB>expression` a moment or `never`."""
import sys

from croniter import CroniterBadDateError, croniter


for line in sys.stdin:
    start, direction, text = line.rstrip("\n").split("\t")
    fields = text.split()
    if len(fields) == 6:  # croniter has the second behind the others
        fields = fields[1:] + fields[:1]
    cron = croniter(" ".join(fields), float(start), day_or=False)
    try:
        print(int(cron.get_next(float) if direction == "next" else cron.get_prev(float)))
    except CroniterBadDateError:
        print("never")
