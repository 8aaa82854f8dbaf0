// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/changelook.h"

#include "engine/store/sqlite/sqliteconnection.h"

#include <QFile>

#include <array>
#include <memory>

#include <sys/stat.h>

namespace stint::changelook {

namespace {

using FileStamps = std::array<std::int64_t, 6>;

FileStamps stampsOf(const QString &path)
{
    FileStamps stamps{};
    std::size_t at = 0;
    for (const QString &name : {path, path + QStringLiteral("-wal")}) {
        struct stat file {
        };
        if (::stat(QFile::encodeName(name).constData(), &file) == 0) {
            stamps[at] = file.st_size;
            stamps[at + 1] = file.st_mtim.tv_sec;
            stamps[at + 2] = file.st_mtim.tv_nsec;
        }
        at += 3;
    }
    return stamps;
}

} // namespace

std::function<bool()> byCommits(const QString &path)
{
    return [path, db = std::shared_ptr<SqliteConnection>(), last = std::int64_t{0}]() mutable {
        std::int64_t version = last;
        try {
            if (!db)
                db = std::make_shared<SqliteConnection>(path, "mode=rw");
            version = db->integer("PRAGMA data_version");
        } catch (const SqliteError &) {
            return true; // whoever looks closer will see what is wrong
        }
        return std::exchange(last, version) != version;
    };
}

std::function<bool()> byFiles(const QString &path)
{
    return [path, last = FileStamps{}]() mutable {
        const FileStamps stamps = stampsOf(path);
        return std::exchange(last, stamps) != stamps;
    };
}

} // namespace stint::changelook
