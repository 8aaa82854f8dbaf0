// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/matchcounter.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace stint {

/// Asks before an action that cannot be undone or is for many jobs: says what will happen, to how many, in which
/// state and of which name; counts while it is open. The default is to do nothing. GUI thread.
class ConfirmDialog final : public QDialog
{
    Q_OBJECT

public:
    /// The label of the button that acts; %1 is the count.
    struct Verb {
        QString one;  ///< e.g. "Cancel 1 job"
        QString many; ///< e.g. "Cancel %1 jobs"
    };

    ConfirmDialog(const QString &title, const QString &consequence, const Verb &verb, const QString &keep,
                  QWidget *parent = nullptr);

    /// Known counts.
    void setCount(const MatchCount &count);
    /// Counts the jobs of the query.
    void countMatches(std::shared_ptr<JobStore> store, const JobQuery &query);

private:
    Verb m_verb;
    QLabel *m_counts;
    QPushButton *m_act;
    MatchCounter m_counter;
};

} // namespace stint
