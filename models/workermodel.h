// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobstats.h"
#include "models/snapshotmodel.h"

namespace stint {

struct WorkerKey {
    static const QString &key(const WorkerInfo &worker) { return worker.name; }
};

/// The named workers of a store and what they have done. GUI thread.
class WorkerModel final : public SnapshotModel<WorkerInfo, WorkerKey>
{
    Q_OBJECT

public:
    enum class Column { State, Name, RunningJob, RunningFor, Queued, Received, Completed, Retries, Failed, Cancelled, LastActivity };
    static constexpr int columns = static_cast<int>(Column::LastActivity) + 1;

    using SnapshotModel::SnapshotModel;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
};

} // namespace stint
