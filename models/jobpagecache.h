// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"
#include "models/storereader.h"

#include <QCache>
#include <QObject>

#include <memory>
#include <vector>

namespace stint {

/// The rows of one pane, newest first: the ids of all that was met, the contents of those looked at last. Reads by
/// keyset on a thread of its own; a refresh reads what is new and what is in the window, and merges it by id.
/// Lives on the models' thread.
class JobPageCache final : public QObject
{
    Q_OBJECT

public:
    explicit JobPageCache(QObject *parent = nullptr);

    /// Forgets everything and reads the first page. Without a store, nothing is there.
    void reset(std::shared_ptr<JobStore> store, const JobQuery &query);
    /// The rows that people see: they are read if they are not there or not fresh, and more behind them.
    void setWindow(int first, int last);
    /// What is there may have changed.
    void refresh();
    /// Reads on behind the last row.
    void readMore();

    [[nodiscard]] int count() const { return static_cast<int>(m_ids.size()); }
    [[nodiscard]] std::int64_t idAt(int row) const { return m_ids[static_cast<std::size_t>(row)]; }
    /// -1: not among them.
    [[nodiscard]] int rowOf(std::int64_t id) const;
    /// Null while its contents are not there.
    [[nodiscard]] const Job *job(int row) const;
    [[nodiscard]] const JobQuery &query() const { return m_query; }
    /// Every row that matches is among them.
    [[nodiscard]] bool isComplete() const { return m_complete; }
    [[nodiscard]] bool isReading() const { return m_reader.isBusy(); }

    static constexpr int pageSize = 256;

Q_SIGNALS:
    void aboutToReset();
    void wasReset();
    void aboutToInsert(int first, int last);
    void inserted(int first, int last);
    void aboutToRemove(int first, int last);
    void removed();
    void updated(int first, int last);
    /// A read has ended well; `problems` are parts of the store that could not be read.
    void read(const QStringList &problems);
    void failed(const stint::Error &error);

private:
    struct Row {
        Job job;
        quint64 epoch = 0;
    };
    /// The rows of ids `high` to `low`, all of them.
    struct Stretch {
        std::int64_t high = 0;
        std::int64_t low = 0;
        QList<Job> jobs;
    };
    struct Answer {
        std::optional<Error> error;
        std::vector<Stretch> stretches;
        bool complete = false; ///< the last stretch reaches the end
        bool moreNew = false;  ///< not all that is new was read
        quint64 epoch = 0;
        QStringList problems;
    };
    struct Order {
        std::optional<std::int64_t> newerThan;
        std::optional<std::int64_t> beforeId;
        int limit = pageSize;
        quint64 epoch = 0;
    };

    /// What the last window read is for.
    struct Asked {
        std::int64_t high = 0;
        std::int64_t low = 0;
        quint64 epoch = 0;
    };

    [[nodiscard]] static Answer readPages(const JobStore &store, JobQuery query, const Order &order, const std::stop_token &stop);
    [[nodiscard]] bool isFresh(int row) const;
    void start(const Order &order, StoreReader::Running running);
    void accept(Answer answer);
    void merge(const Stretch &stretch, quint64 epoch);
    void readWindow(StoreReader::Running running);

    std::shared_ptr<JobStore> m_store;
    JobQuery m_query;
    std::vector<std::int64_t> m_ids;  ///< falling
    QCache<std::int64_t, Row> m_rows; ///< least recently looked at go first
    bool m_complete = false;
    quint64 m_epoch = 1; ///< raised by every refresh: older rows are stale
    int m_first = 0;
    int m_last = 0;
    Asked m_asked;
    bool m_refreshDue = false; ///< the newest rows are still to be asked for
    StoreReader m_reader;
};

} // namespace stint
