// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "engine/jobexport.h"

namespace stint::cli {

/// `stint export`: every row that matches, into a file or standard output.
class ExportVerb final : public Verb
{
public:
    explicit ExportVerb(CLI::App &app);
    [[nodiscard]] int run(const QString &location) override;

private:
    JobExport m_export;
    FilterOptions m_filter;
    QString m_output;
    bool m_json = false;
};

} // namespace stint::cli
