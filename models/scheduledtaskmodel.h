// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/scheduledtask.h"
#include "models/snapshotmodel.h"

namespace stint {

struct ScheduledTaskKey {
    static std::int64_t key(const ScheduledTask &task) { return task.id; }
};

/// The scheduled tasks of a store. GUI thread.
class ScheduledTaskModel final : public SnapshotModel<ScheduledTask, ScheduledTaskKey>
{
    Q_OBJECT

public:
    enum class Column {
        Id,
        Name,
        Enabled,
        Schedule,
        Zone,
        NextRun,
        LastRun,
        LastResult,
        LastJob,
        Problem,
        Type,
        Command,
        Request,
        Worker,
        Tag,
    };
    static constexpr int columns = static_cast<int>(Column::Tag) + 1;

    using SnapshotModel::SnapshotModel;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
};

} // namespace stint
