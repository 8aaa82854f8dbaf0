// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/attemptmodel.h"

#include "engine/clock.h"
#include "models/displaytext.h"
#include "models/modelroles.h"

namespace stint {

namespace {

QString lengthOf(const JobAttempt &attempt)
{
    if (!attempt.startedDate || !attempt.endedDate)
        return {};
    return displaytext::duration(std::chrono::duration_cast<std::chrono::milliseconds>(*attempt.endedDate - *attempt.startedDate));
}

QString textOf(const JobAttempt &attempt, AttemptModel::Column column)
{
    using enum AttemptModel::Column;
    switch (column) {
    case Attempt: return QString::number(attempt.attempt);
    case Outcome: return displaytext::outcomeWord(attempt.outcome);
    case Started: return displaytext::shortTime(attempt.startedDate, SystemClock().now());
    case Duration: return lengthOf(attempt);
    case ErrorCode: return attempt.error ? attempt.error->errorCode : QString();
    case Message: return attempt.error ? attempt.error->message : QString();
    }
    return {};
}

/// The state that is shown alike, for its colour.
JobState stateOf(AttemptOutcome outcome)
{
    switch (outcome) {
    case AttemptOutcome::Failed:
    case AttemptOutcome::Interrupted: return JobState::Failed;
    case AttemptOutcome::Refunded: return JobState::Queued;
    case AttemptOutcome::Cancelled: return JobState::Cancelled;
    case AttemptOutcome::Completed: return JobState::Completed;
    }
    return JobState::Failed;
}

} // namespace

int AttemptModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant AttemptModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const JobAttempt &attempt = at(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case FullTextRole:
    case Qt::ToolTipRole: return textOf(attempt, column);
    case StateRole: return static_cast<int>(stateOf(attempt.outcome));
    default: return {};
    }
}

QVariant AttemptModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columns)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Attempt: return tr("Att.");
    case Column::Outcome: return tr("Outcome");
    case Column::Started: return tr("Started");
    case Column::Duration: return tr("Duration");
    case Column::ErrorCode: return tr("Error");
    case Column::Message: return tr("Message");
    }
    return {};
}

} // namespace stint
