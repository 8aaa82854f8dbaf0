// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/logmodel.h"

#include "engine/clock.h"
#include "models/displaytext.h"
#include "models/modelroles.h"

namespace stint {

namespace {

constexpr int linesAtOnce = 2'000;

QString textOf(const LogLine &line, LogModel::Column column)
{
    using enum LogModel::Column;
    switch (column) {
    case Time: return displaytext::shortTime(line.date, SystemClock().now());
    case Level: return displaytext::levelWord(line.level);
    case Job: return line.jobId == 0 ? LogModel::tr("host") : QString::number(line.jobId);
    case Message: return line.message;
    }
    return {};
}

} // namespace

LogModel::LogModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void LogModel::setSource(std::shared_ptr<JobStore> store, std::optional<std::int64_t> jobId)
{
    m_reader.cancel();
    m_store = std::move(store);
    m_jobId = jobId;
    m_error.reset();
    m_loading = m_store != nullptr;
    clear();
    m_lastId.reset();
    refresh();
    Q_EMIT statusChanged();
}

void LogModel::refresh()
{
    if (!m_store)
        return;
    m_reader.read(
        StoreReader::Running::Keep,
        [store = m_store, jobId = m_jobId, lastId = m_lastId](const std::stop_token &) {
            return jobId ? store->logs(*jobId, lastId.value_or(0), linesAtOnce) : store->recentLog(lastId, linesAtOnce);
        },
        [this](Result<QList<LogLine>> lines) { accept(std::move(lines)); });
}

void LogModel::accept(Result<QList<LogLine>> lines)
{
    m_loading = false;
    if (!lines) {
        m_error = lines.error();
        Q_EMIT statusChanged();
        return;
    }
    m_error.reset();
    // A read that began before the last one was taken in gives some lines again.
    QList<LogLine> fresh = std::move(lines).value();
    const bool more = fresh.size() >= linesAtOnce && (m_jobId || m_lastId);
    if (m_lastId)
        fresh.removeIf([this](const LogLine &line) { return line.id <= *m_lastId; });
    if (!fresh.isEmpty())
        m_lastId = fresh.back().id;
    else if (!m_lastId)
        m_lastId = 0;
    append(std::move(fresh));
    Q_EMIT statusChanged();
    if (more)
        refresh();
}

void LogModel::append(QList<LogLine> lines)
{
    if (lines.size() > m_capacity)
        lines.remove(0, lines.size() - m_capacity);
    if (lines.isEmpty())
        return;
    const qsizetype surplus = static_cast<qsizetype>(m_lines.size()) + lines.size() - m_capacity;
    if (surplus > 0) {
        beginRemoveRows({}, 0, static_cast<int>(surplus) - 1);
        m_lines.erase(m_lines.begin(), m_lines.begin() + surplus);
        endRemoveRows();
    }
    const int first = static_cast<int>(m_lines.size());
    beginInsertRows({}, first, first + static_cast<int>(lines.size()) - 1);
    std::ranges::move(lines, std::back_inserter(m_lines));
    endInsertRows();
}

void LogModel::clear()
{
    beginResetModel();
    m_lines.clear();
    endResetModel();
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LogLine &entry = line(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case FullTextRole: return textOf(entry, column);
    case Qt::ToolTipRole: return column == Column::Time ? displaytext::fullTime(entry.date) : textOf(entry, column);
    case Qt::TextAlignmentRole: return QVariant::fromValue((column == Column::Job ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case LevelRole: return static_cast<int>(entry.level);
    case JobIdRole: return column == Column::Job && entry.jobId > 0 ? QVariant(static_cast<qint64>(entry.jobId)) : QVariant();
    default: return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((column == Column::Job ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Column::Time: return tr("Time");
    case Column::Level: return tr("Level");
    case Column::Job: return tr("Job");
    case Column::Message: return tr("Message");
    }
    return {};
}

} // namespace stint
