// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/enteredjobs.h"

#include <QFile>

#include <array>
#include <atomic>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace stint {

namespace {

constexpr std::uint64_t magic = 0x53'54'49'4e'54'45'4e'32; // "STINTEN2"

QString pathIn(const QString &folder)
{
    return folder + QStringLiteral("/stint-entered.bin");
}

using Id = std::array<char, 40>; ///< of a boot or host, ended by NULs

Id asId(const QByteArray &text)
{
    Id id{};
    const QByteArray fitting = text.left(static_cast<qsizetype>(id.size()) - 1);
    std::copy(fitting.cbegin(), fitting.cend(), id.begin());
    return id;
}

Id bootId()
{
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    return file.open(QIODevice::ReadOnly) ? asId(file.readAll().trimmed()) : Id{};
}

} // namespace

struct EnteredJobs::File {
    struct Place {
        std::atomic<std::int64_t> jobId; ///< 0: free
        std::atomic<std::int64_t> generation;
    };
    std::uint64_t magic;
    Id bootId;
    Id hostId;
    std::array<Place, capacity> places;

    static File *map(const QString &path, bool create)
    {
        const int file = ::open(QFile::encodeName(path).constData(), create ? O_RDWR | O_CREAT | O_CLOEXEC : O_RDONLY | O_CLOEXEC, 0644);
        if (file < 0)
            return nullptr;
        void *memory = MAP_FAILED;
        // Room is claimed now: a full disk is an error here, not a signal in the middle of a job.
        if (create ? ::posix_fallocate(file, 0, sizeof(File)) == 0 : ::lseek(file, 0, SEEK_END) >= off_t{sizeof(File)})
            memory = ::mmap(nullptr, sizeof(File), create ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED, file, 0);
        ::close(file);
        return memory == MAP_FAILED ? nullptr : static_cast<File *>(memory);
    }
};

std::optional<EnteredJobs::LeftBehind> EnteredJobs::lastHost(const QString &folder)
{
    File *const file = File::map(pathIn(folder), false);
    if (!file)
        return {};
    std::optional<LeftBehind> left;
    if (file->magic == magic && file->bootId == bootId()) {
        left.emplace().host = QString::fromLatin1(file->hostId.data());
        for (const File::Place &place : file->places) {
            if (place.jobId != 0)
                left->attempts.insert({place.jobId, place.generation});
        }
    }
    ::munmap(file, sizeof(File));
    return left;
}

Result<std::unique_ptr<EnteredJobs>> EnteredJobs::open(const QString &folder, const QString &hostId)
{
    File *const file = File::map(pathIn(folder), true);
    if (!file)
        return Error{ErrorCode::Io, pathIn(folder) + QStringLiteral(": cannot be written")};
    for (File::Place &place : file->places)
        place.jobId = 0;
    file->bootId = bootId();
    file->hostId = asId(hostId.toLatin1());
    file->magic = magic;
    return std::unique_ptr<EnteredJobs>(new EnteredJobs(file));
}

EnteredJobs::EnteredJobs(File *file)
    : m_file(file)
{
    m_free.reserve(capacity);
    for (int place = capacity - 1; place >= 0; --place)
        m_free.push_back(place);
}

EnteredJobs::~EnteredJobs()
{
    ::munmap(m_file, sizeof(File));
}

int EnteredJobs::enter(std::int64_t jobId, std::int64_t generation)
{
    std::unique_lock lock(m_mutex);
    m_left.wait(lock, [this] { return !m_free.empty(); });
    const int place = m_free.back();
    m_free.pop_back();
    File::Place &entry = m_file->places[static_cast<std::size_t>(place)];
    entry.generation.store(generation, std::memory_order_relaxed);
    entry.jobId.store(jobId, std::memory_order_release); // last: a half-written place does not count
    return place;
}

void EnteredJobs::leave(int place)
{
    const std::lock_guard lock(m_mutex);
    m_file->places[static_cast<std::size_t>(place)].jobId.store(0, std::memory_order_release);
    m_free.push_back(place);
    m_left.notify_one();
}

} // namespace stint
