// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/jobcolumns.h"
#include "models/jobpagecache.h"

#include <QAbstractTableModel>

namespace stint {

/// The jobs of one pane as a table; its columns are those of JobColumn. Grows as it is scrolled. Rows keep their
/// place by id: a refresh changes, adds and removes rows, it never resets. GUI thread.
class JobTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// What the rows are worth.
    enum class Status : std::uint8_t {
        Detached, ///< there is no store
        Loading,  ///< the first page is being read
        Ready,    ///< as the store was at lastRead()
        Failed,   ///< the last read failed; the rows are those of lastRead()
    };

    explicit JobTableModel(Pane pane, QObject *parent = nullptr);

    void setStore(std::shared_ptr<JobStore> store);
    void setFilter(const JobFilter &filter);
    void setMonth(std::optional<YearMonth> month);
    void refresh();
    /// The rows in sight; keeps them read and fresh.
    void setWindow(int first, int last) { m_cache.setWindow(first, last); }

    [[nodiscard]] Pane pane() const { return m_query.pane; }
    [[nodiscard]] const JobQuery &query() const { return m_query; }
    [[nodiscard]] Status status() const { return m_status; }
    [[nodiscard]] const Error &error() const { return m_error; }
    [[nodiscard]] const QStringList &problems() const { return m_problems; }
    [[nodiscard]] std::optional<Timestamp> lastRead() const { return m_lastRead; }
    /// rowCount() is how many match, not merely how many were read so far.
    [[nodiscard]] bool isComplete() const { return m_cache.isComplete(); }

    [[nodiscard]] std::int64_t idAt(int row) const { return m_cache.idAt(row); }
    [[nodiscard]] int rowOf(std::int64_t id) const { return m_cache.rowOf(id); }
    /// Null while its contents are not read.
    [[nodiscard]] const Job *job(int row) const { return m_cache.job(row); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void statusChanged();

private:
    void reread();
    void setStatus(Status status);

    JobQuery m_query;
    std::shared_ptr<JobStore> m_store;
    JobPageCache m_cache;
    Status m_status = Status::Detached;
    Error m_error;
    QStringList m_problems;
    std::optional<Timestamp> m_lastRead;
};

} // namespace stint
