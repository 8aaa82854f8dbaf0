// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/foreignwriter.h"
#include "engine/store/tasktable.h"

namespace stint {

/// The scheduled tasks of a store that another program made: its columns only, and no occurrences. Each row that is
/// changed is saved first. Writer's thread only; throws SqliteError.
class ForeignTaskTable final : public TaskTable
{
public:
    explicit ForeignTaskTable(ForeignWriter &writer)
        : m_writer(writer)
    {
    }

    std::optional<ScheduledTask> find(const QString &name) override;
    std::optional<ScheduledTask> find(std::int64_t id) override;
    std::int64_t insert(const ScheduledTask &task) override;
    void update(const ScheduledTask &task) override;
    void remove(const ScheduledTask &task) override;
    bool isRecorded(std::int64_t, Timestamp) override { return false; }
    void addOccurrence(std::int64_t, const TaskOccurrence &) override { }
    bool isUnfinished(std::int64_t) override { return false; }
    bool hasJob(const QString &refId) override;
    Result<void> checkKnown(const NewJob &) override { return {}; }
    Result<JobRef> enqueue(const NewJob &job, const StringMap &meta) override;
    void recordAction(QLatin1StringView, const QString &) override { }
    Timestamp now() const override { return m_writer.now(); }

private:
    template <typename Key>
    [[nodiscard]] std::optional<ScheduledTask> findBy(const char *condition, const Key &key);
    void save(const ScheduledTask &task);

    ForeignWriter &m_writer;
};

/// What may be done to the scheduled tasks of such a store, within an operation of the writer. Its application has them in
/// its memory and would not see a change: while it runs all of it is refused. Unsupported: what it has no columns for.
namespace foreigntasks {

[[nodiscard]] ScheduledTask save(ForeignWriter &writer, const NewTask &task);
void remove(ForeignWriter &writer, const QString &name);
[[nodiscard]] TaskRun runNow(ForeignWriter &writer, const QString &name);

} // namespace foreigntasks

} // namespace stint
