// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/exportlines.h"

#include "engine/panerow.h"

#include <QFileDevice>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace stint {

ExportLines::ExportLines(const JobExport &what, const QStringList &columns)
    : m_what(what)
    , m_columns(columns)
    , m_format{what.columns, what.revealSecrets}
    , m_delimiter(QString(what.delimiter).toStdString())
{
    for (const QString &column : columns) {
        if (what.pane)
            m_jobFields.push_back(panerow::field(*what.pane, column));
        else
            m_taskFields.push_back(jobjson::taskField(column));
    }
}

void ExportLines::addHead()
{
    if (m_what.format == ExportFormat::JsonLines)
        return;
    if (m_what.byteOrderMark)
        m_lines += "\xEF\xBB\xBF";
    m_lines += m_columns.join(m_what.delimiter).toStdString() + "\r\n";
}

void ExportLines::add(const Job &job)
{
    if (m_what.format == ExportFormat::JsonLines)
        addLine(panerow::toJson(*m_what.pane, job, m_format));
    else
        addCells(m_jobFields, job);
}

void ExportLines::add(const ScheduledTask &task)
{
    if (m_what.format == ExportFormat::JsonLines)
        addLine(jobjson::toJson(task, m_format));
    else
        addCells(m_taskFields, task);
}

Result<void> ExportLines::flush(QIODevice &output)
{
    const auto size = static_cast<qint64>(m_lines.size());
    if (output.write(m_lines.data(), size) != size) {
        const auto *file = qobject_cast<QFileDevice *>(&output);
        const bool full = file && file->error() == QFileDevice::ResourceError;
        return Error{full ? ErrorCode::DiskFull : ErrorCode::Io, u"the export cannot be written: %1"_s.arg(output.errorString())};
    }
    m_lines.clear(); // keeps the memory
    return {};
}

void ExportLines::addLine(const QByteArray &json)
{
    m_lines.append(json.constData(), static_cast<std::size_t>(json.size()));
    m_lines += '\n';
}

template <typename Row>
void ExportLines::addCells(const std::vector<jobjson::Field<Row>> &fields, const Row &row)
{
    bool first = true;
    for (const auto field : fields) {
        if (!std::exchange(first, false))
            m_lines += m_delimiter;
        addCell(field(row, m_format));
    }
    m_lines += "\r\n";
}

void ExportLines::addCell(const jobjson::FieldValue &value)
{
    // What is no text is a number or an object: never taken for a formula.
    static constexpr std::string_view formulaStarts = "=+-@\t\r";
    const std::string_view cell(value.utf8.constData(), static_cast<std::size_t>(value.utf8.size()));
    const bool guarded = !m_what.raw && value.kind == jobjson::FieldValue::Kind::Text && !cell.empty()
        && formulaStarts.find(cell.front()) != std::string_view::npos;
    const bool quoted = needsQuotes(cell) || (guarded && m_delimiter.front() == '\'');
    if (quoted)
        m_lines += '"';
    if (guarded)
        m_lines += '\'';
    if (quoted)
        addDoubled(cell);
    else
        m_lines += cell;
}

/// The cell with each of its quotes twice, and one behind it.
void ExportLines::addDoubled(std::string_view cell)
{
    for (auto quote = cell.find('"'); quote != std::string_view::npos; quote = cell.find('"')) {
        m_lines += cell.substr(0, quote + 1);
        m_lines += '"';
        cell.remove_prefix(quote + 1);
    }
    m_lines += cell;
    m_lines += '"';
}

bool ExportLines::needsQuotes(std::string_view cell) const
{
    // Of a delimiter beyond ASCII the first byte alone: quotes that need not be there do no harm.
    return std::ranges::any_of(cell, [first = m_delimiter.front()](char c) { return c == first || c == '"' || c == '\r' || c == '\n'; });
}

} // namespace stint
