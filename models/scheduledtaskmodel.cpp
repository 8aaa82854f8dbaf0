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
    case Schedule: return displaytext::scheduleOf(task);
    case LastRun: return displaytext::shortTime(task.lastRun, now);
    case LastJob: return task.lastJobId ? QString::number(*task.lastJobId) : QString();
    case Type: return task.requestType;
    case Command: return task.command;
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
    case Qt::ToolTipRole:
        return column == Column::LastRun && task.lastRun
            ? displaytext::fullTime(*task.lastRun) + QLatin1Char('\n') + displaytext::age(*task.lastRun, now)
            : textOf(task, column, now);
    case Qt::TextAlignmentRole: return QVariant::fromValue((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case IdRole: return static_cast<qint64>(task.id);
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
    case Column::Schedule: return tr("Runs");
    case Column::LastRun: return tr("Last run");
    case Column::LastJob: return tr("Last job");
    case Column::Type: return tr("Type");
    case Column::Command: return tr("Command");
    case Column::Request: return tr("Request");
    case Column::Worker: return tr("Worker");
    case Column::Tag: return tr("Tag");
    }
    return {};
}

} // namespace stint
