// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jobexport.h"

#include "engine/exportlines.h"
#include "engine/jobreader.h"
#include "engine/panerow.h"

#include <QSaveFile>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

constexpr int pageRows = 1000;

Result<void> cancelled()
{
    return Error{ErrorCode::Cancelled, u"the export was cancelled"_s};
}

/// The export of jobs by two threads: while one reads a page, the other makes lines of the page before and writes them.
class PageExport final
{
public:
    PageExport(const JobStore &store, const JobExport &what, const QStringList &columns, QIODevice &output, const ExportProgress &progress,
               const std::stop_token &stop)
        : m_what(what)
        , m_columns(columns)
        , m_output(output)
        , m_progress(progress)
        , m_reader(store,
                   {.pane = *what.pane,
                    .month = what.month,
                    .filter = what.filter,
                    .limit = pageRows,
                    .detail = panerow::detailFor(*what.pane, columns)})
        , m_stopped(stop, [this] { m_stop.request_stop(); })
    {
    }

    Result<std::int64_t> run()
    {
        {
            const std::jthread other([this] { exportPages(); });
            exportPages();
        }
        if (m_failure)
            return *m_failure;
        return m_rows;
    }

private:
    struct NumberedPage {
        std::int64_t number = 0;
        QList<Job> jobs;
    };

    /// On both threads. An exception on one would leave the other waiting.
    void exportPages() noexcept
    {
        ExportLines lines(m_what, m_columns);
        while (const auto page = readPage()) {
            for (const Job &job : page->jobs)
                lines.add(job);
            if (!writePage(*page, lines))
                return;
        }
    }

    /// Nothing at the end, and where it went wrong.
    std::optional<NumberedPage> readPage()
    {
        const std::lock_guard lock(m_reading);
        if (m_reader.atEnd())
            return {};
        auto jobs = m_reader.next(m_stop.get_token());
        if (jobs && !m_stop.stop_requested() && m_reader.problems().isEmpty())
            return NumberedPage{m_pagesRead++, std::move(*jobs)};
        const std::lock_guard writing(m_writing);
        fail(m_stop.stop_requested() ? cancelled().error()
                 : jobs              ? Error{ErrorCode::Damaged, m_reader.problems().constFirst()}
                                     : jobs.error());
        return {};
    }

    /// Waits until the page before is written; false where that is not to come.
    bool writePage(const NumberedPage &page, ExportLines &lines)
    {
        std::unique_lock lock(m_writing);
        const bool isNext = m_turn.wait(lock, m_stop.get_token(), [&] { return m_pagesWritten == page.number; });
        if (const auto written = isNext ? lines.flush(m_output) : cancelled(); !written) {
            fail(written.error());
            return false;
        }
        m_rows += page.jobs.size();
        if (m_progress)
            m_progress(m_rows);
        ++m_pagesWritten;
        m_turn.notify_all();
        return true;
    }

    /// With m_writing held. The first failure counts: the others are of its making.
    void fail(const Error &error)
    {
        if (!m_failure)
            m_failure = error;
        m_stop.request_stop();
    }

    const JobExport &m_what;
    const QStringList &m_columns;
    QIODevice &m_output;
    const ExportProgress &m_progress;
    std::stop_source m_stop;

    std::mutex m_reading; ///< guards the two behind it
    JobReader m_reader;
    std::int64_t m_pagesRead = 0;

    std::mutex m_writing; ///< guards all behind it, and the output
    std::condition_variable_any m_turn;
    std::int64_t m_pagesWritten = 0;
    std::int64_t m_rows = 0;
    std::optional<Error> m_failure;

    std::stop_callback<std::function<void()>> m_stopped; ///< the last member: it uses the others
};

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
                                std::stop_token stop)
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
    return what.pane ? PageExport(store, what, *columns, output, progress, stop).run() : writeTasks(store, what, lines, output, progress);
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
        return cancelled().error();
    if (!file.commit())
        return Error{file.error() == QFileDevice::ResourceError ? ErrorCode::DiskFull : ErrorCode::Io,
                     u"%1 cannot be written: %2"_s.arg(fileName, file.errorString())};
    return rows;
}

} // namespace stint
