// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobexport.h"
#include "support/fakejobstore.h"

#include <QBuffer>

namespace stint::test {

[[nodiscard]] inline Job makeJob(std::int64_t id, const QString &tag = {}, JobState state = JobState::Completed)
{
    Job job;
    job.id = id;
    job.refId = QStringLiteral("r%1").arg(id);
    job.command = QStringLiteral("SendEmail");
    job.tag = tag;
    job.state = state;
    return job;
}

/// What is written, or the error's message.
inline QByteArray exported(const FakeJobStore &store, const JobExport &what)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const auto rows = exportJobs(store, what, buffer);
    return rows ? buffer.data() : rows.error().message.toUtf8();
}

/// Refuses everything after so many bytes, as a full disk does.
class FullDevice final : public QIODevice
{
public:
    explicit FullDevice(qint64 room)
        : m_room(room)
    {
        open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64 size) override
    {
        m_room -= size;
        if (m_room < 0)
            setErrorString(QStringLiteral("no room"));
        return m_room < 0 ? -1 : size;
    }

private:
    qint64 m_room;
};

} // namespace stint::test
