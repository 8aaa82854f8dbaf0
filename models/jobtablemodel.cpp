// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/jobtablemodel.h"

#include "engine/clock.h"
#include "engine/jobjson.h"
#include "models/displaytext.h"
#include "models/modelroles.h"

namespace stint {

namespace {

QString number(std::optional<std::int64_t> value)
{
    return value ? QString::number(*value) : QString();
}

std::optional<double> estimate(const Job &job)
{
    return job.state == JobState::Started && !job.progress ? job.estimatedProgress : std::nullopt;
}

/// How far a running job is; of one that waits for its next attempt, why the last one failed.
QString progressText(const Job &job)
{
    if (job.state == JobState::Queued)
        return displaytext::errorLine(job);
    const auto share = job.progress ? job.progress : estimate(job);
    if (!share)
        return job.status;
    const QString percent = QStringLiteral("%1%2 %").arg(job.progress ? QString() : QStringLiteral("≈ ")).arg(qRound(*share * 100));
    return job.status.isEmpty() ? percent : QStringLiteral("%1  %2").arg(percent, job.status);
}

QString textOf(const Job &job, JobColumn column, Timestamp now)
{
    using enum JobColumn;
    switch (column) {
    case State: return displaytext::stateWord(job.state);
    case Id: return QString::number(job.id);
    case Name: return job.name();
    case Progress: return progressText(job);
    case Duration: return displaytext::jobDuration(job, now);
    case JobColumn::ErrorCode: return job.errorCode.isEmpty() && job.error ? job.error->errorCode : job.errorCode;
    case ErrorMessage: return displaytext::errorLine(job);
    case Attempts: return displaytext::attempts(job);
    case Worker: return job.worker;
    case Tag: return job.tag;
    case Created: return displaytext::shortTime(job.createdDate, now);
    case RunAfter: return displaytext::shortTime(job.runAfter, now);
    case Started: return displaytext::shortTime(job.startedDate, now);
    case Ended: return displaytext::shortTime(displaytext::endOf(job), now);
    case Waited: return displaytext::jobWait(job, now);
    case RefId: return job.refId;
    case Parent: return number(job.parentId);
    case DependsOn: return number(job.dependsOn);
    case Batch: return job.batchId;
    case Type: return job.requestType;
    case Request: return job.request;
    case Response: return job.response;
    case Callback: return job.callback;
    case User: return job.userId;
    case CreatedBy: return job.createdBy;
    case ReplyTo: return maskedReplyTo(job.replyTo);
    case Priority: return QString::number(job.priority);
    case RetryLimit: return number(job.retryLimit);
    case Timeout: return job.timeoutSecs ? displaytext::duration(std::chrono::seconds{*job.timeoutSecs}) : QString();
    case Notified: return displaytext::shortTime(job.notifiedDate, now);
    case LastActivity: return displaytext::shortTime(job.lastActivityDate, now);
    case Status: return job.status;
    }
    return {};
}

std::optional<Timestamp> momentOf(const Job &job, JobColumn column)
{
    switch (column) {
    case JobColumn::Created: return job.createdDate;
    case JobColumn::RunAfter: return job.runAfter;
    case JobColumn::Started: return job.startedDate;
    case JobColumn::Ended: return displaytext::endOf(job);
    case JobColumn::Notified: return job.notifiedDate;
    case JobColumn::LastActivity: return job.lastActivityDate;
    default: return std::nullopt;
    }
}

QString toolTipOf(const Job &job, JobColumn column, Timestamp now)
{
    if (const auto moment = momentOf(job, column))
        return displaytext::fullTime(*moment) + QLatin1Char('\n') + displaytext::age(*moment, now);
    if ((column == JobColumn::ErrorMessage || column == JobColumn::ErrorCode) && job.error)
        return job.error->message.left(2000);
    return textOf(job, column, now);
}

QString spokenRow(const Job &job, Timestamp now)
{
    QStringList parts{displaytext::stateWord(job.state), QString::number(job.id), job.name()};
    for (const QString &part : {displaytext::errorLine(job), displaytext::jobDuration(job, now)}) {
        if (!part.isEmpty())
            parts.append(part);
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

JobTableModel::JobTableModel(Pane pane, QObject *parent)
    : QAbstractTableModel(parent)
    , m_query{.pane = pane, .month = {}, .filter = {}, .beforeId = {}, .afterId = {}}
{
    connect(&m_cache, &JobPageCache::aboutToReset, this, [this] { beginResetModel(); });
    connect(&m_cache, &JobPageCache::wasReset, this, [this] { endResetModel(); });
    connect(&m_cache, &JobPageCache::aboutToInsert, this, [this](int first, int last) { beginInsertRows({}, first, last); });
    connect(&m_cache, &JobPageCache::inserted, this, [this] { endInsertRows(); });
    connect(&m_cache, &JobPageCache::aboutToRemove, this, [this](int first, int last) { beginRemoveRows({}, first, last); });
    connect(&m_cache, &JobPageCache::removed, this, [this] { endRemoveRows(); });
    connect(&m_cache, &JobPageCache::updated, this,
            [this](int first, int last) { Q_EMIT dataChanged(index(first, 0), index(last, jobColumnCount - 1)); });
    connect(&m_cache, &JobPageCache::read, this, [this](const QStringList &problems) {
        m_problems = problems;
        m_lastRead = SystemClock().now();
        setStatus(Status::Ready);
    });
    connect(&m_cache, &JobPageCache::failed, this, [this](const Error &error) {
        m_error = error;
        setStatus(Status::Failed);
    });
}

void JobTableModel::setStore(std::shared_ptr<JobStore> store)
{
    m_store = std::move(store);
    reread();
}

void JobTableModel::setFilter(const JobFilter &filter)
{
    if (filter == m_query.filter)
        return;
    m_query.filter = filter;
    reread();
}

void JobTableModel::setMonth(std::optional<YearMonth> month)
{
    if (month == m_query.month)
        return;
    m_query.month = month;
    reread();
}

void JobTableModel::reread()
{
    m_lastRead.reset();
    m_problems.clear();
    m_cache.reset(m_store, m_query);
    setStatus(m_store ? Status::Loading : Status::Detached);
}

void JobTableModel::refresh()
{
    if (m_store)
        m_cache.refresh();
}

void JobTableModel::setStatus(Status status)
{
    m_status = status;
    Q_EMIT statusChanged();
}

int JobTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_cache.count();
}

int JobTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : jobColumnCount;
}

QVariant JobTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto column = static_cast<JobColumn>(index.column());
    if (role == IdRole)
        return static_cast<qint64>(m_cache.idAt(index.row()));
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((jobcolumns::isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);

    const Job *job = m_cache.job(index.row());
    if (role == LoadingRole)
        return job == nullptr;
    if (!job) {
        if (role != Qt::DisplayRole)
            return {};
        return column == JobColumn::Id   ? QString::number(m_cache.idAt(index.row()))
            : column == JobColumn::State ? tr("Loading…")
                                         : QString();
    }
    const Timestamp now = SystemClock().now();
    switch (role) {
    case Qt::DisplayRole:
    case FullTextRole: return textOf(*job, column, now);
    case Qt::ToolTipRole: return toolTipOf(*job, column, now);
    case Qt::AccessibleTextRole: return column == JobColumn::State ? spokenRow(*job, now) : textOf(*job, column, now);
    case StateRole: return static_cast<int>(job->state);
    case ProgressRole: return job->progress ? QVariant(*job->progress) : QVariant();
    case EstimateRole: return estimate(*job) ? QVariant(*estimate(*job)) : QVariant();
    case JobIdRole:
        if (column == JobColumn::Parent && job->parentId)
            return static_cast<qint64>(*job->parentId);
        if (column == JobColumn::DependsOn && job->dependsOn)
            return static_cast<qint64>(*job->dependsOn);
        return {};
    default: return {};
    }
}

QVariant JobTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= jobColumnCount)
        return {};
    const auto column = static_cast<JobColumn>(section);
    switch (role) {
    case Qt::DisplayRole: return jobcolumns::title(column);
    case Qt::ToolTipRole: return jobcolumns::hint(column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((jobcolumns::isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default: return {};
    }
}

bool JobTableModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_cache.count() > 0 && !m_cache.isComplete();
}

void JobTableModel::fetchMore(const QModelIndex &parent)
{
    if (!parent.isValid())
        m_cache.readMore();
}

} // namespace stint
