// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "integration/disk/diskimage.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace stint::test {

namespace {

constexpr qsizetype sectorSize = 512;

QByteArray folderOf(const QByteArray &path)
{
    return path.left(path.lastIndexOf('/'));
}

} // namespace

DiskImage::DiskImage(QByteArray root)
    : m_root(std::move(root))
{
    m_syncedNames[{}] = m_names[{}] = {};
}

std::optional<QByteArray> DiskImage::below(const QByteArray &path) const
{
    if (path == m_root)
        return QByteArray();
    return path.startsWith(m_root + '/') ? std::optional(path.mid(m_root.size())) : std::nullopt;
}

void DiskImage::apply(const DiskEvent &event)
{
    const auto path = below(event.path);
    if (!path)
        return;
    switch (event.call) {
    case DiskCall::Open:
        if (event.creates) {
            m_files.emplace_back();
            change({.kind = NameChange::Kind::Add, .path = *path, .file = m_files.size() - 1});
        }
        return;
    case DiskCall::MakeFolder: return change({.kind = NameChange::Kind::Add, .path = *path});
    case DiskCall::Delete: return change({.kind = NameChange::Kind::Remove, .path = *path});
    case DiskCall::Rename: return change({.kind = NameChange::Kind::Move, .path = *path, .target = below(event.target).value_or("/lost")});
    case DiskCall::Write: return change(*path, {.offset = event.offset, .data = event.data});
    case DiskCall::Truncate: return change(*path, {.truncates = true, .offset = event.offset});
    case DiskCall::Sync:
        if (const auto named = m_names.find(*path); named != m_names.end() && named->second) {
            File &file = m_files[*named->second];
            for (const Change &pending : file.pending)
                pending.applyTo(file.synced);
            file.pending.clear();
        }
        return;
    case DiskCall::SyncFolder:
        std::erase_if(m_pendingNames, [&](const NameChange &pending) {
            // A rename is one step of the file system: it lasts as soon as its target does.
            const bool here = folderOf(pending.kind == NameChange::Kind::Move ? pending.target : pending.path) == *path;
            if (here)
                pending.applyTo(m_syncedNames);
            return here;
        });
        return;
    case DiskCall::Read:
    case DiskCall::Lock:
    case DiskCall::SharedMemory: return;
    }
}

void DiskImage::change(NameChange change)
{
    change.applyTo(m_names);
    m_pendingNames.push_back(std::move(change));
}

void DiskImage::change(const QByteArray &path, Change change)
{
    if (const auto named = m_names.find(path); named != m_names.end() && named->second)
        m_files[*named->second].pending.push_back(std::move(change));
}

void DiskImage::NameChange::applyTo(Names &names) const
{
    switch (kind) {
    case Kind::Add: names[path] = file; return;
    case Kind::Remove: names.erase(path); return;
    case Kind::Move:
        if (const auto source = names.find(path); source != names.end()) {
            names[target] = source->second;
            names.erase(path);
        }
        return;
    }
}

void DiskImage::Change::applyTo(QByteArray &bytes) const
{
    if (truncates) {
        bytes.resize(static_cast<qsizetype>(offset), '\0');
        return;
    }
    const auto end = static_cast<qsizetype>(offset) + data.size();
    if (bytes.size() < end)
        bytes.append(end - bytes.size(), '\0');
    std::copy(data.begin(), data.end(), bytes.begin() + offset);
}

QByteArray DiskImage::bytesOf(const File &file, Unsynced unsynced, QRandomGenerator &random)
{
    QByteArray bytes = file.synced;
    if (unsynced == Unsynced::Dropped)
        return bytes;
    if (unsynced == Unsynced::Kept) {
        for (const Change &pending : file.pending)
            pending.applyTo(bytes);
        return bytes;
    }
    std::vector<Change> parts;
    for (const Change &pending : file.pending) {
        if (pending.truncates) {
            if (random.bounded(2) == 0)
                parts.push_back(pending);
            continue;
        }
        const int fate = random.bounded(3); // often whole writes, else some of their sectors
        for (qsizetype at = 0; at < pending.data.size(); at += sectorSize) {
            if (fate == 0 || (fate == 1 && random.bounded(2) == 0))
                parts.push_back({.offset = pending.offset + at, .data = pending.data.mid(at, sectorSize)});
        }
    }
    if (random.bounded(2) == 0)
        std::shuffle(parts.begin(), parts.end(), random);
    for (const Change &part : parts)
        part.applyTo(bytes);
    return bytes;
}

DiskImage::Files DiskImage::afterPowerCut(Unsynced unsynced, QRandomGenerator &random) const
{
    Names names = m_syncedNames;
    for (const NameChange &pending : m_pendingNames) {
        if (unsynced == Unsynced::Kept || (unsynced == Unsynced::Some && random.bounded(2) == 0))
            pending.applyTo(names);
    }
    Files files;
    for (const auto &[path, file] : names) {
        if (file && names.contains(folderOf(path)))
            files[path] = bytesOf(m_files[*file], unsynced, random);
    }
    return files;
}

bool DiskImage::write(const Files &files, const QString &root)
{
    return std::all_of(files.begin(), files.end(), [&](const auto &entry) {
        const QString path = root + QFile::decodeName(entry.first);
        QFile file(path);
        return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) && file.write(entry.second) == entry.second.size();
    });
}

} // namespace stint::test
