// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/result.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace stint::cli {

/// SQLite's C API with destructors and nothing else. One thread. Throws Error.
class BareDatabase final
{
public:
    explicit BareDatabase(const QString &path);
    ~BareDatabase();
    Q_DISABLE_COPY_MOVE(BareDatabase)

    void execute(const QByteArray &sql);
    [[nodiscard]] sqlite3 *handle() const { return m_db; }

private:
    sqlite3 *m_db = nullptr;
};

/// A prepared statement whose values are bound by position. Texts must live until run().
class BareStatement final
{
public:
    BareStatement(BareDatabase &database, const QByteArray &sql);
    ~BareStatement();
    Q_DISABLE_COPY_MOVE(BareStatement)

    template <typename... Values>
    void run(const Values &...values)
    {
        int at = 0;
        (bind(++at, values), ...);
        step();
    }
    /// The first column of the first row.
    [[nodiscard]] QByteArray text();

private:
    void bind(int at, std::int64_t value);
    void bind(int at, int value) { bind(at, std::int64_t{value}); }
    void bind(int at, const QByteArray &text);
    void step();

    sqlite3_stmt *m_statement = nullptr;
    BareDatabase &m_database;
};

} // namespace stint::cli
