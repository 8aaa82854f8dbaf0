// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/bulkenqueue.h"

#include "app/cli/jsonobject.h"
#include "app/cli/requestnames.h"

#include <QSet>

#include <utility>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

constexpr std::size_t jobsAtOnce = 1000;

/// What the living hosts can run; nothing where none lives.
struct KnownNames {
    bool hostLives = false;
    QSet<QString> commands;
    QSet<QString> apis;

    explicit KnownNames(const QList<HostInfo> &hosts)
    {
        for (const HostInfo &host : hosts) {
            if (!host.alive)
                continue;
            hostLives = true;
            for (const CommandInfo &command : host.commands)
                (command.isApi ? apis : commands).insert(command.name);
        }
    }

    [[nodiscard]] bool accepts(const NewJob &job) const
    {
        return !hostLives || job.force || (job.isApi ? apis.contains(job.name) || apis.contains(anyApi) : commands.contains(job.name));
    }
};

Result<void> checkReferences(const JobStore &store, const JobOptions &options)
{
    if (options.dependsOn) {
        const auto parent = store.find(*options.dependsOn);
        if (!parent)
            return parent.error();
        if (!*parent)
            return Error{ErrorCode::NotFound, u"there is no job %1 to depend on"_s.arg(*options.dependsOn)};
    }
    if (!options.refId.isEmpty()) {
        const auto taken = store.find(options.refId);
        if (!taken)
            return taken.error();
        if (*taken)
            return Error{ErrorCode::Conflict, u"there is already a job with the RefId \"%1\""_s.arg(options.refId)};
    }
    return {};
}

} // namespace

QByteArray toJson(const JobRef &ref)
{
    return JsonObject().add("id", ref.id).add("refId", ref.refId).toJson();
}

BulkEnqueue::BulkEnqueue(const QString &fileName, const NewJob &defaults)
    : m_file(fileName)
    , m_defaults(defaults)
{
}

Result<void> BulkEnqueue::checkLines()
{
    if (auto opened = m_file.open(); !opened)
        return opened;
    QSet<QString> refIds;
    return m_file.forEach(m_defaults, [&](const NewJob &job, std::int64_t line) -> Result<void> {
        m_refersToJobs = m_refersToJobs || job.options.dependsOn || !job.options.refId.isEmpty();
        if (!job.options.refId.isEmpty() && refIds.contains(job.options.refId))
            return Error{ErrorCode::InvalidArgument,
                         u"%1: an earlier line has the refId \"%2\" too"_s.arg(m_file.place(line), job.options.refId)};
        if (!job.options.refId.isEmpty())
            refIds.insert(job.options.refId);
        return {};
    });
}

Result<void> BulkEnqueue::checkAgainst(const JobStore &store)
{
    const auto hosts = store.hosts();
    if (!hosts)
        return hosts.error();
    const KnownNames known(*hosts);
    if (!known.hostLives && !m_refersToJobs)
        return {};
    return m_file.forEach(m_defaults, [&](const NewJob &job, std::int64_t line) -> Result<void> {
        if (!known.accepts(job))
            return Error{
                ErrorCode::Unknown,
                u"%1: the running host knows no %2 \"%3\""_s.arg(m_file.place(line), job.isApi ? u"API"_s : u"command"_s, job.name)};
        if (auto checked = checkReferences(store, job.options); !checked)
            return Error{checked.error().code, u"%1: %2"_s.arg(m_file.place(line), checked.error().message)};
        return {};
    });
}

Result<void> BulkEnqueue::run(JobStore &store, const Recorded &recorded)
{
    std::int64_t lastLine = 0;
    const RequestNames names(store);
    auto read = m_file.forEach(m_defaults, [&](NewJob job, std::int64_t line) -> Result<void> {
        names.fill(job);
        if (m_request.jobs.empty())
            m_firstLine = line;
        lastLine = line;
        m_request.jobs.push_back(std::move(job));
        return m_request.jobs.size() < jobsAtOnce ? Result<void>() : record(store, recorded, line);
    });
    return read && !m_request.jobs.empty() ? record(store, recorded, lastLine) : read;
}

Result<void> BulkEnqueue::record(JobStore &store, const Recorded &recorded, std::int64_t lastLine)
{
    const auto refs = waitFor<QList<JobRef>>([&](auto done) { store.enqueue(std::exchange(m_request, {}), done); });
    if (!refs)
        return Error{refs.error().code,
                     u"%1 to %2: %3; these jobs were not enqueued, the %4 before them were"_s.arg(
                         m_file.place(m_firstLine), QString::number(lastLine), refs.error().message, QString::number(m_recorded))};
    m_recorded += refs->size();
    recorded(*refs);
    return {};
}

} // namespace stint::cli
