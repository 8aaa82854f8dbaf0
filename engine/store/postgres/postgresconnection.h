// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/postgres/postgresaddress.h"
#include "engine/store/postgres/postgreserror.h"
#include "engine/store/postgres/postgresrows.h"

#include <QSet>
#include <QSqlDatabase>
#include <QVariantList>

#include <unordered_map>

namespace stint {

/// One connection with its prepared statements. One thread at a time, see leaveThread(). Throws PostgresError.
class PostgresConnection final
{
public:
    explicit PostgresConnection(const PostgresAddress &address);
    ~PostgresConnection();
    Q_DISABLE_COPY_MOVE(PostgresConnection)

    /// Prepares, binds $1, $2, … and runs. The statement is kept: `sql` must live, unchanged, as long as the connection.
    template <typename... Values>
    [[nodiscard]] PostgresRows query(const char *sql, const Values &...values)
    {
        return queryWith(sql, QVariantList{bound(values)...});
    }
    [[nodiscard]] PostgresRows queryWith(const char *sql, const QVariantList &values);
    /// The same; returns how many rows it changed.
    template <typename... Values>
    std::int64_t run(const char *sql, const Values &...values)
    {
        return query(sql, values...).count();
    }
    /// The first column of the first row, or 0.
    template <typename... Values>
    [[nodiscard]] std::int64_t integer(const char *sql, const Values &...values)
    {
        auto rows = query(sql, values...);
        return rows.next() ? rows.integer(0) : 0;
    }
    /// One or more statements without parameters, not prepared.
    void execute(const QByteArray &sql);
    /// A statement's text that was made up, kept as long as the connection.
    [[nodiscard]] const char *keep(const QByteArray &sql) { return m_texts.insert(sql)->constData(); }

    [[nodiscard]] bool isBroken() const { return m_broken; }
    [[nodiscard]] QSqlDriver *driver() const { return m_database.driver(); }
    /// To be called by the thread that has it, before another thread takes it by enterThread().
    void leaveThread();
    void enterThread();

    // Values as the driver takes them; a null text is NULL.
    [[nodiscard]] static QVariant bound(std::int64_t value) { return QVariant(static_cast<qlonglong>(value)); }
    [[nodiscard]] static QVariant bound(int value) { return value; }
    [[nodiscard]] static QVariant bound(double value) { return value; }
    [[nodiscard]] static QVariant bound(bool value) { return value; }
    [[nodiscard]] static QVariant bound(const QString &text) { return text; }
    [[nodiscard]] static QVariant bound(const QByteArray &text); ///< UTF-8; other bytes are refused
    [[nodiscard]] static QVariant bound(QLatin1StringView text) { return QString(text); }
    [[nodiscard]] static QVariant bound(JobState state) { return QString(toText(state)); }
    [[nodiscard]] static QVariant bound(Timestamp moment); ///< to the microsecond below
    template <typename T>
    [[nodiscard]] static QVariant bound(const std::optional<T> &value)
    {
        return value ? bound(*value) : QVariant(QMetaType::fromType<QString>());
    }

private:
    friend class PostgresRows;
    void giveBack(const char *sql, QSqlQuery query);
    void open(const PostgresAddress &address);
    [[noreturn]] void fail(const QSqlError &error);

    QString m_name;
    QString m_place; ///< for messages
    QSqlDatabase m_database;
    QSet<QByteArray> m_texts;
    std::unordered_map<const char *, QSqlQuery> m_statements;
    bool m_broken = false;
};

} // namespace stint
