// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/store/jobstore.h"

#include <QHash>

namespace stint::cli {

/// The type name of each command's request: as the hosts of a store have published it, the newest first, or as this
/// program knows it of the commands that every host has.
class RequestNames final
{
public:
    explicit RequestNames(const JobStore &store);

    /// Completes a job that does not say its request's type. Another program's store finds that by itself.
    void fill(NewJob &job) const;

private:
    QHash<QString, QString> m_names;
};

} // namespace stint::cli
