// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/job.h"
#include "models/snapshotmodel.h"

namespace stint {

struct AttemptKey {
    static std::int64_t key(const JobAttempt &attempt) { return attempt.generation; }
};

/// The earlier attempts of a job, oldest first. GUI thread.
class AttemptModel final : public SnapshotModel<JobAttempt, AttemptKey>
{
    Q_OBJECT

public:
    enum class Column { Attempt, Outcome, Started, Duration, ErrorCode, Message };
    static constexpr int columns = static_cast<int>(Column::Message) + 1;

    using SnapshotModel::SnapshotModel;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
};

} // namespace stint
