// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/output.h"
#include "app/cli/verb.h"
#include "engine/store/jobstore.h"

namespace stint::cli {

/// `stint enqueue`: one job, or many from a file.
class EnqueueVerb final : public Verb
{
public:
    explicit EnqueueVerb(CLI::App &app);
    [[nodiscard]] int run(const QString &location) override;

private:
    [[nodiscard]] int enqueueOne(const QString &location);
    [[nodiscard]] int enqueueFile(const QString &location);

    NewJob m_job;
    std::optional<QByteArray> m_body;
    QString m_file;
    bool m_json = false;
    Output m_output;
};

} // namespace stint::cli
