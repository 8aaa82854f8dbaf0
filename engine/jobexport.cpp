// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jobexport.h"

#include "engine/jobreader.h"
#include "engine/panerow.h"

#include <QSaveFile>
#include <QSet>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

constexpr int pageRows = 500;

/// Cells of these are numbers, dates or one of a few words: never taken for a formula but as the number it is.
bool isText(const QString &field)
{
    static const QSet<QString> plain{u"id"_s,           u"parentId"_s,   u"dependsOn"_s,       u"runAfter"_s,
                                     u"createdDate"_s,  u"state"_s,      u"startedDate"_s,     u"completedDate"_s,
                                     u"notifiedDate"_s, u"retryLimit"_s, u"attempts"_s,        u"durationMs"_s,
                                     u"timeoutSecs"_s,  u"progress"_s,   u"lastActivityDate"_s};
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
            return panerow::toJson(m_what.pane, job, m_format) + '\n';
        QStringList cells;
        for (const QString &column : m_columns) {
            const QString cell = panerow::text(m_what.pane, job, column, m_format);
            cells.append(quoted(m_what.raw || !isText(column) ? cell : guarded(cell)));
        }
        return cells.join(m_what.delimiter).toUtf8() + "\r\n";
    }

private:
    QString quoted(const QString &cell) const
    {
        const bool plain = !cell.contains(m_what.delimiter) && !cell.contains(u'"') && !cell.contains(u'\r')
            && !cell.contains(u'\n');
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
    return Error{full ? ErrorCode::DiskFull : ErrorCode::Io,
                 u"the export cannot be written: %1"_s.arg(output.errorString())};
}

} // namespace

Result<std::int64_t> exportJobs(const JobStore &store, const JobExport &what, QIODevice &output,
                                const ExportProgress &progress, std::stop_token stop)
{
    if (u"\"\r\n"_s.contains(what.delimiter))
        return Error{ErrorCode::InvalidArgument, u"a quote or line break cannot separate the cells"_s};
    const auto columns = panerow::resolve(what.pane, what.columns);
    if (!columns)
        return columns.error();

    const RowWriter writer(what, *columns);
    if (auto written = writeAll(output, writer.head()); !written)
        return written.error();

    JobReader reader(store,
                     JobQuery{.pane = what.pane,
                              .month = what.month,
                              .filter = what.filter,
                              .limit = pageRows,
                              .detail = panerow::detailFor(what.pane, *columns)});
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

Result<std::int64_t> exportToFile(const JobStore &store, const JobExport &what, const QString &fileName,
                                  const ExportProgress &progress, std::stop_token stop)
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
