// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <CLI/CLI.hpp>

namespace stint::cli {

/// One verb of the command line. Its constructor adds its options to the parser; run() is called once they are
/// filled in. Main thread.
class Verb
{
public:
    virtual ~Verb() = default;

    [[nodiscard]] bool isChosen() const { return m_parser.parsed(); }
    /// Whether it makes no sense without --db.
    [[nodiscard]] virtual bool needsStore() const { return true; }
    /// Does the work on the store at `location`, which is empty only if none is needed; the exit code.
    [[nodiscard]] virtual int run(const QString &location) = 0;

protected:
    Verb(CLI::App &app, const char *name, const char *description)
        : m_parser(*app.add_subcommand(name, description))
    {
    }
    Q_DISABLE_COPY_MOVE(Verb)

    [[nodiscard]] CLI::App &parser() { return m_parser; }

private:
    CLI::App &m_parser;
};

} // namespace stint::cli
