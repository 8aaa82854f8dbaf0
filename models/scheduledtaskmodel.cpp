// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/scheduledtaskmodel.h"

#include "engine/clock.h"
#include "models/displaytext.h"
#include "models/modelroles.h"

namespace stint {

namespace {

QString textOf(const ScheduledTask &task, ScheduledTaskModel::Column column, Timestamp now)
{
    using enum ScheduledTaskModel::Column;
    switch (column) {
    case Id: return QString::number(task.id);
    case Name: return task.name;
    case Enabled: return task.enabled ? ScheduledTaskModel::tr("On") : ScheduledTaskModel::tr("Paused");
    case Schedule: return displaytext::scheduleOf(task);
    case Zone: return task.cronExpression.isEmpty() ? QString() : task.zone.isEmpty() ? QStringLiteral("UTC") : task.zone;
    case NextRun: return displaytext::shortTime(task.expectedRun(now), now);
    case LastRun: return displaytext::shortTime(task.lastRun, now);
    case LastResult: return task.lastJobState ? displaytext::stateWord(*task.lastJobState) : QString();
    case LastJob: return task.lastJobId ? QString::number(*task.lastJobId) : QString();
    case Problem: return task.problem;
    case Type: return task.requestType;
    case Command: return task.jobName();
    case Request: return displaytext::requestName(task.request);
    case Worker: return task.options ? task.options->worker : QString();
    case Tag: return task.options ? task.options->tag : QString();
    }
    return {};
}

bool isNumber(ScheduledTaskModel::Column column)
{
    return column == ScheduledTaskModel::Column::Id || column == ScheduledTaskModel::Column::LastJob;
}

/// The moment that a cell shows.
std::optional<Timestamp> momentOf(const ScheduledTask &task, ScheduledTaskModel::Column column, Timestamp now)
{
    if (column == ScheduledTaskModel::Column::NextRun)
        return task.expectedRun(now);
    return column == ScheduledTaskModel::Column::LastRun ? task.lastRun : std::nullopt;
}

} // namespace

int ScheduledTaskModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant ScheduledTaskModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ScheduledTask &task = at(index.row());
    const auto column = static_cast<Column>(index.column());
    const Timestamp now = SystemClock().now();
    switch (role) {
    case Qt::DisplayRole:
    case FullTextRole: return textOf(task, column, now);
    case Qt::ToolTipRole: {
        const auto moment = momentOf(task, column, now);
        return moment ? displaytext::fullTime(*moment) + QLatin1Char('\n') + displaytext::age(*moment, now) : textOf(task, column, now);
    }
    case Qt::TextAlignmentRole: return QVariant::fromValue((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case IdRole: return static_cast<qint64>(task.id);
    case PausedRole: return !task.enabled;
    case StateRole: return task.lastJobState ? QVariant(static_cast<int>(*task.lastJobState)) : QVariant();
    case JobIdRole: return column == Column::LastJob && task.lastJobId ? QVariant(static_cast<qint64>(*task.lastJobId)) : QVariant();
    default: return {};
    }
}

QVariant ScheduledTaskModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Column::Id: return tr("Id");
    case Column::Name: return tr("Name");
    case Column::Enabled: return tr("Enabled");
    case Column::Schedule: return tr("Runs");
    case Column::Zone: return tr("Time zone");
    case Column::NextRun: return tr("Next run");
    case Column::LastRun: return tr("Last run");
    case Column::LastResult: return tr("Last result");
    case Column::LastJob: return tr("Last job");
    case Column::Problem: return tr("Problem");
    case Column::Type: return tr("Type");
    case Column::Command: return tr("Command or API");
    case Column::Request: return tr("Request");
    case Column::Worker: return tr("Worker");
    case Column::Tag: return tr("Tag");
    }
    return {};
}

} // namespace stint
