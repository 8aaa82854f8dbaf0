// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/actionresultmodel.h"

#include "models/displaytext.h"
#include "models/modelroles.h"

namespace stint {

ActionResultModel::ActionResultModel(QList<ActionResult> results, QObject *parent)
    : QAbstractTableModel(parent)
    , m_results(std::move(results))
{
    m_refusedCount = static_cast<int>(std::ranges::count(m_results, false, &ActionResult::done));
    setOnlyRefused(false);
}

void ActionResultModel::setOnlyRefused(bool only)
{
    beginResetModel();
    m_shown.clear();
    for (qsizetype place = 0; place < m_results.size(); ++place) {
        if (!only || !m_results[place].done)
            m_shown.append(place);
    }
    endResetModel();
}

QString ActionResultModel::toText() const
{
    QString text;
    for (int row = -1; row < rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < columns; ++column)
            cells.append((row < 0 ? headerData(column, Qt::Horizontal) : index(row, column).data()).toString().simplified());
        text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    }
    return text;
}

int ActionResultModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int ActionResultModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant ActionResultModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ActionResult &result = m_results[m_shown[index.row()]];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case FullTextRole:
        return column == Column::Id     ? QString::number(result.id)
            : column == Column::Outcome ? displaytext::actionOutcome(result)
                                        : result.detail;
    case Qt::TextAlignmentRole: return QVariant::fromValue((column == Column::Id ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case IdRole: return static_cast<qint64>(result.id);
    case StateRole: return static_cast<int>(result.done ? JobState::Completed : JobState::Failed);
    case JobIdRole: return column == Column::Id ? QVariant(static_cast<qint64>(result.id)) : QVariant();
    default: return {};
    }
}

QVariant ActionResultModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((column == Column::Id ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Column::Id: return tr("Job");
    case Column::Outcome: return tr("Outcome");
    case Column::Detail: return tr("In words");
    }
    return {};
}

} // namespace stint
