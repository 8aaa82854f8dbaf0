// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/postgres/postgreswriter.h"
#include "engine/store/tasktable.h"

namespace stint {

/// The scheduled tasks of a database. A task that is found is locked until the transaction ends, for several hosts look
/// after the same ones. Writer's thread only; throws PostgresError.
class PostgresTaskTable final : public TaskTable
{
public:
    explicit PostgresTaskTable(PostgresWriter &writer)
        : m_writer(writer)
    {
    }

    std::optional<ScheduledTask> find(const QString &name) override;
    std::optional<ScheduledTask> find(std::int64_t id) override;
    std::int64_t insert(const ScheduledTask &task) override;
    void update(const ScheduledTask &task) override;
    void remove(const ScheduledTask &task) override;
    bool isRecorded(std::int64_t taskId, Timestamp moment) override;
    void addOccurrence(std::int64_t taskId, const TaskOccurrence &occurrence) override;
    bool isUnfinished(std::int64_t jobId) override;
    bool hasJob(const QString &refId) override;
    Result<void> checkKnown(const NewJob &job) override;
    Result<JobRef> enqueue(const NewJob &job, const StringMap &meta) override;
    void recordAction(QLatin1StringView action, const QString &name) override;
    Timestamp now() const override { return m_writer.now(); }

private:
    template <typename Key>
    [[nodiscard]] std::optional<ScheduledTask> findBy(const char *condition, const Key &key);

    PostgresWriter &m_writer;
};

} // namespace stint
