// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/store/jobstore.h"
#include "engine/store/sqlite/sqliteconnection.h"

#include <QDateTime>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace stint {

/// What was seen of a file's tables, for other connections that find the same ones.
struct TableNotes {
    QByteArray tables;                         ///< the statements that made them
    QHash<QByteArray, QStringList> columns;    ///< by table
    QHash<QByteArray, QByteArray> selectLists; ///< by table and detail
};

/// A connection for looking at one database file, which may be another program's, live or at rest. With
/// OpenMode::ReadOnly it leaves no trace: no bytes, names or times of files change, and no writer is held up
/// for longer than a snapshot. One thread at a time. Throws SqliteError.
class ReadConnection final
{
public:
    /// `mode` is how the store was opened: a store that we write anyway is read with ordinary locks.
    /// `notes` are those of an earlier connection to that path, if there was one.
    ReadConnection(const QString &path, OpenMode mode, TableNotes notes = {});

    [[nodiscard]] SqliteConnection &db() { return *m_db; }
    /// Whether it may serve another snapshot: nothing about the file has changed that it would not see.
    [[nodiscard]] bool isReusable() const;
    /// False if the file changed while it was read as if it could not: what was read is to be thrown away.
    [[nodiscard]] bool wasUndisturbed() const;

    /// Of the file, to tell whether another has taken its place.
    [[nodiscard]] quint64 inode() const { return m_stamp.inode; }
    /// To be called in a snapshot: what was seen of the tables is forgotten if they are not the same any more.
    void noticeSchema();
    /// The table's select list for jobs, made once.
    [[nodiscard]] const QByteArray &selectList(const char *table, RowDetail detail);
    [[nodiscard]] bool hasTable(const char *table);
    [[nodiscard]] bool hasColumn(const char *table, QLatin1StringView column);
    [[nodiscard]] const TableNotes &notes() const { return m_notes; }
    [[nodiscard]] const char *keep(const QByteArray &sql) { return m_db->keep(sql); }

private:
    /// What a file looked like: enough to tell that it was changed or replaced.
    struct Stamp {
        quint64 inode = 0;
        qint64 size = 0;
        qint64 modified = 0; ///< ns
        bool operator==(const Stamp &) const = default;
    };
    [[nodiscard]] static Stamp stampOf(const QString &path);
    void openCopy();
    const QStringList &columnsOf(const char *table);

    QString m_path;
    std::unique_ptr<QTemporaryDir> m_copy;
    Stamp m_stamp;
    bool m_immutable = false; ///< read without locks: only while nobody writes
    bool m_shared = false;    ///< read with ordinary locks
    bool m_live = false;      ///< read through the -wal and -shm of a writer, which takes them away when it ends
    std::unique_ptr<SqliteConnection> m_db;
    std::optional<std::int64_t> m_schemaVersion;
    TableNotes m_notes;
};

} // namespace stint
