// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/sqliteconnection.h"
#include "engine/store/sqlite/sqlitestore.h"
#include "store/storeconformance.h"

#include <QTemporaryDir>

namespace stint::test {

/// A fresh store of ours whose clock stands still, with a connection of another program to look behind it.
class StoreFolder final
{
public:
    StoreFolder() { open(); }

    void open() { store = *SqliteStore::open(m_folder.path(), OpenMode::Create, clock); }
    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] QString queuePath() const { return m_folder.filePath(QStringLiteral("jobs.db")); }

    std::int64_t enqueue(const QString &name, JobOptions options = {}) const { return enqueue(1, name, std::move(options)).first().id; }
    QList<JobRef> enqueue(std::size_t count, const QString &name, JobOptions options = {}) const
    {
        const NewJob job{.name = name, .options = std::move(options), .force = true};
        return *waitFor<QList<JobRef>>([&](auto done) { store->enqueue({std::vector<NewJob>(count, job), {}, 0}, done); });
    }
    [[nodiscard]] ClaimResult claim(const QSet<QString> &commands, int capacity = 100, bool draining = false) const
    {
        return *waitFor<ClaimResult>([&](auto done) {
            store->claim({.hostId = QStringLiteral("h"), .poolCapacity = capacity, .commands = commands, .draining = draining}, done);
        });
    }
    [[nodiscard]] AttemptEnd endOf(const Job &job, AttemptEnd::Kind kind, std::optional<Timestamp> due = {}) const
    {
        return {.kind = kind,
                .jobId = job.id,
                .generation = job.generation,
                .startedDate = job.startedDate,
                .endedDate = clock->now(),
                .dueDate = due,
                .hasLogs = true};
    }
    [[nodiscard]] bool finish(const Job &job, AttemptEnd::Kind kind, std::optional<Timestamp> due = {}) const
    {
        return waitFor<void>([&](auto done) { store->finish(endOf(job, kind, due), done); }).ok();
    }
    [[nodiscard]] bool beat() const
    {
        return waitFor<void>([&](auto done) { store->heartbeat(QStringLiteral("h"), {}, {}, done); }).ok();
    }
    [[nodiscard]] JobResult find(std::int64_t id) const
    {
        const auto found = store->find(id);
        return found && *found ? **found : JobResult{};
    }
    [[nodiscard]] std::int64_t number(const char *sql) const { return SqliteConnection(queuePath(), "mode=rw").integer(sql); }
    void execute(const QByteArray &sql) const { SqliteConnection(queuePath(), "mode=rw").execute(sql); }

    std::shared_ptr<FakeClock> clock = std::make_shared<FakeClock>();
    std::shared_ptr<JobStore> store;

private:
    QTemporaryDir m_folder;
};

} // namespace stint::test
