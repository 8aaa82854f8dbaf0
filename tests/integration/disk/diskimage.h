// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "integration/disk/watcheddisk.h"

#include <QRandomGenerator>
#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace stint::test {

/// What becomes of all that was not synced when the power goes.
enum class Unsynced : std::uint8_t {
    Dropped, ///< all of it
    Kept,    ///< nothing: as if only the process had died
    Some,    ///< any part in any order: names by themselves, writes by the sector
};

/// A disk by the letter of POSIX: a write lasts once its file was synced, a name once its folder was. One thread.
class DiskImage final
{
public:
    /// Knows what happens below `root`, which is there and lasts.
    explicit DiskImage(QByteArray root);

    void apply(const DiskEvent &event);

    /// What is found after a power cut at this moment: the bytes of each file by its path below the root.
    using Files = std::map<QByteArray, QByteArray>;
    [[nodiscard]] Files afterPowerCut(Unsynced unsynced, QRandomGenerator &random) const;
    static bool write(const Files &files, const QString &root);

private:
    struct Change {
        bool truncates = false;
        std::int64_t offset = 0;
        QByteArray data;
        void applyTo(QByteArray &bytes) const;
    };
    struct File {
        QByteArray synced;
        std::vector<Change> pending;
    };
    using Names = std::map<QByteArray, std::optional<std::size_t>>; ///< a place in m_files; a folder has none
    struct NameChange {
        enum class Kind : std::uint8_t { Add, Remove, Move } kind = Kind::Add;
        QByteArray path;
        QByteArray target;
        std::optional<std::size_t> file;
        void applyTo(Names &names) const;
    };

    [[nodiscard]] std::optional<QByteArray> below(const QByteArray &path) const;
    void change(NameChange change);
    void change(const QByteArray &path, Change change);
    [[nodiscard]] static QByteArray bytesOf(const File &file, Unsynced unsynced, QRandomGenerator &random);

    QByteArray m_root;
    std::vector<File> m_files;
    Names m_names; ///< as programs see them
    Names m_syncedNames;
    std::vector<NameChange> m_pendingNames;
};

} // namespace stint::test
