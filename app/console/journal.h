// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/store/jobstore.h"

#include <QString>

namespace stint {

/// What the operator did, one JSON object a line in a file of this user's: when, where, what, to which jobs, and
/// what came of it. GUI thread.
class Journal final
{
public:
    explicit Journal(const QString &folder);

    /// `why` says why it ended early; empty if it did not.
    void record(const QString &action, const QString &location, const JobSelection &selection, const QList<ActionResult> &results,
                const QString &why) const;
    /// An action that is not on jobs; `subject` says on what.
    void record(const QString &action, const QString &location, const QString &subject, const QString &outcome) const;

    [[nodiscard]] QString fileName() const { return m_fileName; }

private:
    QString m_fileName;
};

} // namespace stint
