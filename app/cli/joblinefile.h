// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/joboptions.h"
#include "engine/result.h"

#include <QFile>
#include <QTemporaryFile>

#include <functional>
#include <memory>

namespace stint::cli {

/// A file of job lines, or standard input, which is kept in a temporary file so that it too can be read twice: all of
/// it is checked before the first job is enqueued. Empty lines are passed over. One thread.
class JobLineFile final
{
public:
    /// `-` is standard input.
    explicit JobLineFile(const QString &name);

    [[nodiscard]] Result<void> open();

    using Visit = std::function<Result<void>(NewJob job, std::int64_t line)>;
    /// Reads it from its beginning; ends with the first error, which says the line.
    [[nodiscard]] Result<void> forEach(const NewJob &defaults, const Visit &visit);

    /// `jobs.jsonl line 3`
    [[nodiscard]] QString place(std::int64_t line) const;

private:
    QString m_name;
    std::unique_ptr<QFile> m_file;
};

} // namespace stint::cli
