// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobexport.h"
#include "engine/jobjson.h"

#include <string>
#include <string_view>
#include <vector>

namespace stint {

/// Rows as the lines of an export, in memory until they are written. `what` must outlive it. One thread at a time.
class ExportLines final
{
public:
    ExportLines(const JobExport &what, const QStringList &columns);

    /// CSV: the names of the columns, behind the byte order mark if there is to be one.
    void addHead();
    void add(const Job &job);
    void add(const ScheduledTask &task);
    /// Writes what has been added since the last time.
    [[nodiscard]] Result<void> flush(QIODevice &output);

private:
    void addLine(const QByteArray &json);
    template <typename Row>
    void addCells(const std::vector<jobjson::Field<Row>> &fields, const Row &row);
    void addCell(const jobjson::FieldValue &value);
    void addDoubled(std::string_view cell);
    [[nodiscard]] bool needsQuotes(std::string_view cell) const;

    const JobExport &m_what;
    QStringList m_columns;
    jobjson::Format m_format;
    std::string m_delimiter;
    std::vector<jobjson::Field<Job>> m_jobFields;
    std::vector<jobjson::Field<ScheduledTask>> m_taskFields;
    std::string m_lines;
};

} // namespace stint
