// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/sqlite/schema.h"
#include "engine/store/sqlite/sqliteconnection.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QVariantMap>

namespace stint::test {

/// A copy of a folder that ServiceStack has made, to be changed and looked at as any program would.
class ForeignFolder final
{
public:
    explicit ForeignFolder(const QString &data)
    {
        const QDir source(QStringLiteral(STINT_TEST_DATA "/") + data);
        for (const QString &name : source.entryList(QDir::Files)) {
            QFile::copy(source.filePath(name), file(name));
            QFile::setPermissions(file(name), QFile::ReadOwner | QFile::WriteOwner);
        }
    }

    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] QString file(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QStringList databases() const { return QDir(path()).entryList({QStringLiteral("jobs*.db")}, QDir::Files); }

    /// All columns of a row; empty if there is none.
    [[nodiscard]] QVariantMap row(const QString &name, const char *table, std::int64_t id) const
    {
        SqliteConnection db(file(name), "mode=rw");
        const QStringList columns = schema::columns(db, QString::fromLatin1(table));
        auto row = db.statement(db.keep(QByteArray("SELECT * FROM ") + table + " WHERE Id = ?"));
        row.bind(id);
        QVariantMap values;
        if (!row.step())
            return values;
        for (int i = 0; i < columns.size(); ++i)
            values.insert(columns.at(i), std::visit(ToVariant{}, row.value(i)));
        return values;
    }
    [[nodiscard]] QStringList columns(const QString &name, const char *table) const
    {
        SqliteConnection db(file(name), "mode=rw");
        return schema::columns(db, QString::fromLatin1(table));
    }
    /// The statements that made it.
    [[nodiscard]] QString schema(const QString &name) const { return text(name, "SELECT group_concat(sql, ';') FROM sqlite_schema"); }
    [[nodiscard]] QString journalMode(const QString &name) const { return text(name, "PRAGMA journal_mode"); }
    void execute(const QString &name, const QByteArray &sql) const { SqliteConnection(file(name), "mode=rw").execute(sql); }

private:
    struct ToVariant {
        QVariant operator()(std::nullptr_t) const { return {}; }
        QVariant operator()(std::int64_t number) const { return static_cast<qlonglong>(number); }
        QVariant operator()(double number) const { return number; }
        QVariant operator()(const QByteArray &text) const { return QString::fromUtf8(text); }
        QVariant operator()(const SqlBlob &blob) const { return blob.bytes; }
    };
    [[nodiscard]] QString text(const QString &name, const char *sql) const
    {
        SqliteConnection db(file(name), "mode=rw");
        auto row = db.statement(sql);
        return row.step() ? row.text(0) : QString();
    }

    QTemporaryDir m_folder;
};

/// A process of another program that has a file open.
class ForeignProcess final
{
public:
    explicit ForeignProcess(const QString &path)
    {
        m_process.start(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("exec 3<\"$0\"; echo up; exec sleep 600"), path});
        m_isUp = m_process.waitForReadyRead(20'000);
    }
    ~ForeignProcess()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(ForeignProcess)

    [[nodiscard]] bool isUp() const { return m_isUp; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }

private:
    QProcess m_process;
    bool m_isUp = false;
};

} // namespace stint::test
