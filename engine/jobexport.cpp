// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jobexport.h"

#include "engine/exportlines.h"
#include "engine/panerow.h"
#include "engine/rangeexport.h"

#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

Result<std::int64_t> writeTasks(const JobStore &store, const JobExport &what, ExportLines &lines, QIODevice &output,
                                const ExportProgress &progress)
{
    if (what.month || !what.filter.isEmpty())
        return Error{ErrorCode::InvalidArgument, u"the scheduled tasks have neither month nor filter"_s};
    auto tasks = store.scheduledTasks();
    if (!tasks)
        return tasks.error();
    std::ranges::sort(*tasks, std::greater{}, &ScheduledTask::id);
    for (const ScheduledTask &task : std::as_const(*tasks))
        lines.add(task);
    if (auto written = lines.flush(output); !written)
        return written.error();
    if (progress)
        progress(tasks->size());
    return tasks->size();
}

} // namespace

Result<std::int64_t> exportJobs(const JobStore &store, const JobExport &what, QIODevice &output, const ExportProgress &progress,
                                const std::stop_token &stop)
{
    if (u"\"\r\n"_s.contains(what.delimiter))
        return Error{ErrorCode::InvalidArgument, u"a quote or line break cannot separate the cells"_s};
    const auto columns = what.pane ? panerow::resolve(*what.pane, what.columns) : panerow::resolveOfTasks(what.columns);
    if (!columns)
        return columns.error();
    ExportLines lines(what, *columns);
    lines.addHead();
    if (auto written = lines.flush(output); !written)
        return written.error();
    return what.pane ? exportRanges(store, what, *columns, output, progress, stop) : writeTasks(store, what, lines, output, progress);
}

Result<std::int64_t> exportToFile(const JobStore &store, const JobExport &what, const QString &fileName, const ExportProgress &progress,
                                  const std::stop_token &stop)
{
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly))
        return Error{ErrorCode::Io, u"%1 cannot be written: %2"_s.arg(fileName, file.errorString())};
    auto rows = exportJobs(store, what, file, progress, stop);
    if (!rows)
        return rows;
    // The last look: a cancel during the last page leaves nothing behind either.
    if (stop.stop_requested())
        return exportCancelled();
    if (!file.commit())
        return Error{file.error() == QFileDevice::ResourceError ? ErrorCode::DiskFull : ErrorCode::Io,
                     u"%1 cannot be written: %2"_s.arg(fileName, file.errorString())};
    return rows;
}

} // namespace stint
