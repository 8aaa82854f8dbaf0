// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/workermodel.h"

#include "engine/clock.h"
#include "engine/jobstate.h"
#include "models/displaytext.h"
#include "models/modelroles.h"

namespace stint {

namespace {

bool isIdle(const WorkerInfo &worker)
{
    return !worker.paused && worker.running == 0 && worker.queued == 0;
}

QString stateOf(const WorkerInfo &worker)
{
    if (worker.paused)
        return worker.running > 0 ? WorkerModel::tr("Pausing") : WorkerModel::tr("Paused");
    if (worker.running > 0)
        return WorkerModel::tr("Running");
    return isIdle(worker) ? WorkerModel::tr("Idle") : WorkerModel::tr("Waiting");
}

QString textOf(const WorkerInfo &worker, WorkerModel::Column column, Timestamp now)
{
    using enum WorkerModel::Column;
    switch (column) {
    case State: return stateOf(worker);
    case Name: return worker.name.isEmpty() ? WorkerModel::tr("(no worker)") : worker.name;
    case RunningJob: return worker.runningJob ? QString::number(*worker.runningJob) : QString();
    case RunningFor:
        return worker.runningSince
            ? displaytext::duration(std::chrono::duration_cast<std::chrono::milliseconds>(now - *worker.runningSince))
            : QString();
    case Queued: return displaytext::count(worker.queued, worker.queued < JobCounts::countLimit);
    case Received: return displaytext::count(worker.received);
    case Completed: return displaytext::count(worker.completed);
    case Retries: return displaytext::count(worker.retries);
    case Failed: return displaytext::count(worker.failed);
    case Cancelled: return displaytext::count(worker.cancelled);
    case LastActivity: return displaytext::shortTime(worker.lastActivity, now);
    }
    return {};
}

bool isText(WorkerModel::Column column)
{
    return column == WorkerModel::Column::State || column == WorkerModel::Column::Name || column == WorkerModel::Column::LastActivity;
}

QVariant alignment(WorkerModel::Column column)
{
    return QVariant::fromValue((isText(column) ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
}

} // namespace

int WorkerModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant WorkerModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const WorkerInfo &worker = at(index.row());
    const auto column = static_cast<Column>(index.column());
    const Timestamp now = SystemClock().now();
    switch (role) {
    case Qt::DisplayRole:
    case FullTextRole: return textOf(worker, column, now);
    case Qt::ToolTipRole:
        return column == Column::LastActivity && worker.lastActivity ? displaytext::fullTime(*worker.lastActivity)
                                                                     : textOf(worker, column, now);
    case Qt::TextAlignmentRole: return alignment(column);
    case PausedRole: return worker.paused;
    case IdleRole: return isIdle(worker);
    case StateRole:
        if (worker.paused || isIdle(worker))
            return {};
        return static_cast<int>(worker.running > 0 ? JobState::Started : JobState::Queued);
    case JobIdRole:
        return column == Column::RunningJob && worker.runningJob ? QVariant(static_cast<qint64>(*worker.runningJob)) : QVariant();
    default: return {};
    }
}

QVariant WorkerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::TextAlignmentRole)
        return alignment(column);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Column::State: return tr("State");
    case Column::Name: return tr("Worker");
    case Column::RunningJob: return tr("Running job");
    case Column::RunningFor: return tr("Running for");
    case Column::Queued: return tr("Queued");
    case Column::Received: return tr("Received");
    case Column::Completed: return tr("Completed");
    case Column::Retries: return tr("Retries");
    case Column::Failed: return tr("Failed");
    case Column::Cancelled: return tr("Cancelled");
    case Column::LastActivity: return tr("Last activity");
    }
    return {};
}

} // namespace stint
