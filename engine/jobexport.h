// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"

#include <QChar>

#include <functional>
#include <stop_token>

class QIODevice;

namespace stint {

/// The form of an export.
enum class ExportFormat : std::uint8_t {
    Csv,       ///< RFC 4180 with a header line, UTF-8
    JsonLines, ///< one JSON object a line, as the admin API writes it
};

/// What is exported, and how.
struct JobExport {
    std::optional<Pane> pane = Pane::All; ///< nothing: the scheduled tasks, which have neither month nor filter
    std::optional<YearMonth> month;       ///< default: all of them, merged newest first
    JobFilter filter;
    ExportFormat format = ExportFormat::Csv;
    QStringList columns;        ///< camelCase, any case accepted, in this order; none: all of the pane
    QChar delimiter = u',';     ///< CSV
    bool byteOrderMark = false; ///< CSV: for programs that do not take a file for UTF-8 without it
    bool raw = false;           ///< CSV: leave cells that a spreadsheet would run as a formula as they are
    bool revealSecrets = false; ///< credentials in replyTo as they are
};

/// Told how many rows are written, after each page: one call at a time, on any thread.
/// It must not throw.
using ExportProgress = std::function<void(std::int64_t rows)>;

/// Writes every row that matches, newest first, and returns how many. Fixed by the highest id at its start and read in
/// short pieces: it never holds up a writer. Fails rather than leave out rows that cannot be read. Any thread; blocks;
/// `output` is written on any thread, by one at a time.
[[nodiscard]] Result<std::int64_t> exportJobs(const JobStore &store, const JobExport &what, QIODevice &output,
                                              const ExportProgress &progress = {}, const std::stop_token &stop = {});

/// The same into a file, which is there complete or not at all; one of that name is replaced at the end.
[[nodiscard]] Result<std::int64_t> exportToFile(const JobStore &store, const JobExport &what, const QString &fileName,
                                                const ExportProgress &progress = {}, const std::stop_token &stop = {});

} // namespace stint
