// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAbstractTableModel>
#include <QList>

#include <algorithm>

namespace stint {

/// Base of the models of short lists that are read whole: a new snapshot is merged row by row, by key, so that
/// selection and scroll stay. `Traits` gives `static auto key(const Row &)`; snapshots keep their order. GUI thread.
template <typename Row, typename Traits>
class SnapshotModel : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    [[nodiscard]] const Row &at(int row) const { return m_rows[row]; }

    void setRows(QList<Row> rows)
    {
        removeMissing(rows);
        for (int place = 0; place < rows.size(); ++place)
            settle(place, std::move(rows[place]));
    }

private:
    [[nodiscard]] static bool holds(const QList<Row> &rows, const Row &row)
    {
        return std::ranges::any_of(rows, [&row](const Row &other) { return Traits::key(other) == Traits::key(row); });
    }

    void removeMissing(const QList<Row> &rows)
    {
        for (int row = static_cast<int>(m_rows.size()) - 1; row >= 0; --row) {
            if (holds(rows, m_rows[row]))
                continue;
            beginRemoveRows({}, row, row);
            m_rows.removeAt(row);
            endRemoveRows();
        }
    }

    void settle(int place, Row row)
    {
        int known = place;
        while (known < m_rows.size() && Traits::key(m_rows[known]) != Traits::key(row))
            ++known;
        if (known == m_rows.size()) {
            beginInsertRows({}, place, place);
            m_rows.insert(place, std::move(row));
            endInsertRows();
            return;
        }
        if (known != place) {
            beginMoveRows({}, known, known, {}, place);
            m_rows.move(known, place);
            endMoveRows();
        }
        m_rows[place] = std::move(row);
        Q_EMIT dataChanged(index(place, 0), index(place, columnCount() - 1));
    }

    QList<Row> m_rows;
};

} // namespace stint
