// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/admission.h"
#include "engine/store/sqlite/sqlitewriter.h"
#include "engine/store/tasktable.h"

namespace stint {

/// The scheduled tasks of a store of ours. Writer's thread only; throws SqliteError.
class SqliteTaskTable final : public TaskTable
{
public:
    /// `known`: what the living host can run; null where none lives.
    SqliteTaskTable(SqliteWriter &writer, const admission::KnownNames *known)
        : m_writer(writer)
        , m_known(known)
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
    Result<void> checkKnown(const NewJob &job) override { return admission::checkKnown(job, m_known); }
    Result<JobRef> enqueue(const NewJob &job, const StringMap &meta) override;
    void recordAction(QLatin1StringView action, const QString &name) override;
    Timestamp now() const override { return m_writer.now(); }

private:
    template <typename Key>
    [[nodiscard]] std::optional<ScheduledTask> findBy(const char *condition, const Key &key);

    SqliteWriter &m_writer;
    const admission::KnownNames *m_known;
};

} // namespace stint
