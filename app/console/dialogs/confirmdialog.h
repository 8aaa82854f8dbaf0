// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/dialogs/questiondialog.h"
#include "app/console/jobverb.h"
#include "models/matchcounter.h"

namespace stint {

/// Asks before an action that cannot be undone or is for many jobs: says what will happen, to how many, in which
/// state and of which name, and which are left alone; counts while it is open. The default is to do nothing. GUI thread.
class ConfirmDialog final : public QuestionDialog
{
    Q_OBJECT

public:
    /// `states` are those in which jobs are acted on; `one` job is chosen, or more.
    ConfirmDialog(JobVerb verb, const QString &question, const QList<JobState> &states, bool one, QWidget *parent = nullptr);

    /// Known counts, of all that are chosen.
    void setCount(const MatchCount &count);
    /// Counts the jobs of the query.
    void countMatches(std::shared_ptr<JobStore> store, const JobQuery &query);
    /// How many will be acted on; 0 while it is not known to the end.
    [[nodiscard]] std::int64_t total() const { return m_isExact ? m_total : 0; }

private:
    JobVerb m_verb;
    QList<JobState> m_states;
    QLabel *m_counts;
    QLabel *m_leftAlone;
    std::int64_t m_total = 0;
    bool m_isExact = false;
    MatchCounter m_counter;
};

} // namespace stint
