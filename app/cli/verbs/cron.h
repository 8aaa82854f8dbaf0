// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/verb.h"
#include "engine/cronexpression.h"

namespace stint::cli {

/// `stint cron`: when an expression is due, and what it means.
class CronVerb final : public Verb
{
public:
    explicit CronVerb(CLI::App &app);
    [[nodiscard]] bool needsStore() const override { return false; }
    [[nodiscard]] int run(const QString &location) override;

private:
    [[nodiscard]] Result<QString> expressionText(const CLI::App &action) const;
    [[nodiscard]] int next(const CronExpression &expression) const;
    [[nodiscard]] int explain(const CronExpression &expression) const;

    CLI::App *m_next;
    CLI::App *m_explain;
    QString m_text;
    QString m_name;
    CronFormat m_format = CronFormat::Auto;
    std::optional<Timestamp> m_from;
    std::optional<QTimeZone> m_zone;
    int m_count = 1;
    bool m_inclusive = false;
    bool m_json = false;
};

} // namespace stint::cli
