// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jobexport.h"

#include "engine/jobreader.h"
#include "engine/panerow.h"

#include <QSaveFile>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

constexpr int pageRows = 500;

/// Cells of these are numbers, dates or one of a few words: never taken for a formula but as the number it is.
bool isText(const QString &field)
{
    static const QSet<QString> plain{u"id"_s,       u"parentId"_s,    u"dependsOn"_s,     u"runAfter"_s,     u"createdDate"_s,
                                     u"state"_s,    u"startedDate"_s, u"completedDate"_s, u"notifiedDate"_s, u"retryLimit"_s,
                                     u"attempts"_s, u"durationMs"_s,  u"timeoutSecs"_s,   u"progress"_s,     u"lastActivityDate"_s,
                                     u"lastRun"_s,  u"lastJobId"_s};
    return !plain.contains(field);
}

QString guarded(const QString &cell)
{
    static constexpr QStringView formulaStarts = u"=+-@\t\r";
    return !cell.isEmpty() && formulaStarts.contains(cell.front()) ? u'\'' + cell : cell;
}

/// Turns rows into the bytes of the file.
class RowWriter final
{
public:
    RowWriter(const JobExport &what, const QStringList &columns)
        : m_what(what)
        , m_columns(columns)
        , m_format{what.columns, what.revealSecrets}
    {
    }

    QByteArray head() const
    {
        if (m_what.format == ExportFormat::JsonLines)
            return {};
        QByteArray line = m_what.byteOrderMark ? "\xEF\xBB\xBF"_ba : QByteArray();
        line += m_columns.join(m_what.delimiter).toUtf8();
        return line += "\r\n";
    }

    QByteArray row(const Job &job) const
    {
        if (m_what.format == ExportFormat::JsonLines)
            return panerow::toJson(*m_what.pane, job, m_format) + '\n';
        return cells([&](const QString &column) { return panerow::text(*m_what.pane, job, column, m_format); });
    }

    QByteArray row(const ScheduledTask &task) const
    {
        if (m_what.format == ExportFormat::JsonLines)
            return jobjson::toJson(task, m_format) + '\n';
        return cells([&](const QString &column) { return jobjson::fieldText(task, column, m_format); });
    }

private:
    template <typename TextOf>
    QByteArray cells(TextOf textOf) const
    {
        QStringList line;
        for (const QString &column : m_columns) {
            const QString cell = textOf(column);
            line.append(quoted(m_what.raw || !isText(column) ? cell : guarded(cell)));
        }
        return line.join(m_what.delimiter).toUtf8() + "\r\n";
    }

    QString quoted(const QString &cell) const
    {
        const bool plain = !cell.contains(m_what.delimiter) && !cell.contains(u'"') && !cell.contains(u'\r') && !cell.contains(u'\n');
        return plain ? cell : u'"' + QString(cell).replace(u'"', u"\"\""_s) + u'"';
    }

    const JobExport &m_what;
    QStringList m_columns;
    jobjson::Format m_format;
};

Result<void> writeAll(QIODevice &output, const QByteArray &bytes)
{
    if (output.write(bytes) == bytes.size())
        return {};
    const auto *file = qobject_cast<QFileDevice *>(&output);
    const bool full = file && file->error() == QFileDevice::ResourceError;
    return Error{full ? ErrorCode::DiskFull : ErrorCode::Io, u"the export cannot be written: %1"_s.arg(output.errorString())};
}

Result<std::int64_t> writeJobs(const JobStore &store, const JobExport &what, const QStringList &columns, QIODevice &output,
                               const ExportProgress &progress, const std::stop_token &stop)
{
    const RowWriter writer(what, columns);
    JobReader reader(store,
                     JobQuery{.pane = *what.pane,
                              .month = what.month,
                              .filter = what.filter,
                              .limit = pageRows,
                              .detail = panerow::detailFor(*what.pane, columns)});
    std::int64_t rows = 0;
    while (!reader.atEnd()) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, u"the export was cancelled"_s};
        const auto jobs = reader.next(stop);
        if (!jobs)
            return jobs.error();
        if (!reader.problems().isEmpty())
            return Error{ErrorCode::Damaged, reader.problems().constFirst()};
        QByteArray bytes;
        for (const Job &job : *jobs)
            bytes += writer.row(job);
        if (auto written = writeAll(output, bytes); !written)
            return written.error();
        rows += jobs->size();
        if (progress)
            progress(rows);
    }
    return rows;
}

Result<std::int64_t> writeTasks(const JobStore &store, const JobExport &what, const QStringList &columns, QIODevice &output,
                                const ExportProgress &progress)
{
    if (what.month || !what.filter.isEmpty())
        return Error{ErrorCode::InvalidArgument, u"the scheduled tasks have neither month nor filter"_s};
    auto tasks = store.scheduledTasks();
    if (!tasks)
        return tasks.error();
    std::ranges::sort(*tasks, std::greater{}, &ScheduledTask::id);
    const RowWriter writer(what, columns);
    QByteArray bytes;
    for (const ScheduledTask &task : std::as_const(*tasks))
        bytes += writer.row(task);
    if (auto written = writeAll(output, bytes); !written)
        return written.error();
    if (progress)
        progress(tasks->size());
    return tasks->size();
}

} // namespace

Result<std::int64_t> exportJobs(const JobStore &store, const JobExport &what, QIODevice &output, const ExportProgress &progress,
                                std::stop_token stop)
{
    if (u"\"\r\n"_s.contains(what.delimiter))
        return Error{ErrorCode::InvalidArgument, u"a quote or line break cannot separate the cells"_s};
    const auto columns = what.pane ? panerow::resolve(*what.pane, what.columns) : panerow::resolveOfTasks(what.columns);
    if (!columns)
        return columns.error();
    if (auto written = writeAll(output, RowWriter(what, *columns).head()); !written)
        return written.error();
    return what.pane ? writeJobs(store, what, *columns, output, progress, stop) : writeTasks(store, what, *columns, output, progress);
}

Result<std::int64_t> exportToFile(const JobStore &store, const JobExport &what, const QString &fileName, const ExportProgress &progress,
                                  std::stop_token stop)
{
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly))
        return Error{ErrorCode::Io, u"%1 cannot be written: %2"_s.arg(fileName, file.errorString())};
    auto rows = exportJobs(store, what, file, progress, stop);
    if (!rows)
        return rows;
    // The last look: a cancel during the last page leaves nothing behind either.
    if (stop.stop_requested())
        return Error{ErrorCode::Cancelled, u"the export was cancelled"_s};
    if (!file.commit())
        return Error{file.error() == QFileDevice::ResourceError ? ErrorCode::DiskFull : ErrorCode::Io,
                     u"%1 cannot be written: %2"_s.arg(fileName, file.errorString())};
    return rows;
}

} // namespace stint
