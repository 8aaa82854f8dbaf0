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

constexpr std::uint64_t magic = 0x53'54'49'4e'54'45'4e'31; // "STINTEN1"

QString pathIn(const QString &folder)
{
    return folder + QStringLiteral("/stint-entered.bin");
}

std::array<char, 40> bootId()
{
    std::array<char, 40> id{};
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    if (file.open(QIODevice::ReadOnly)) {
        const QByteArray text = file.readAll().trimmed().left(36);
        std::copy(text.cbegin(), text.cend(), id.begin());
    }
    return id;
}

} // namespace

struct EnteredJobs::File {
    struct Place {
        std::atomic<std::int64_t> jobId; ///< 0: free
        std::atomic<std::int64_t> generation;
    };
    std::uint64_t magic;
    std::array<char, 40> bootId;
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

std::optional<QSet<EnteredJobs::Attempt>> EnteredJobs::leftBehind(const QString &folder)
{
    File *const file = File::map(pathIn(folder), false);
    if (!file)
        return {};
    std::optional<QSet<Attempt>> attempts;
    if (file->magic == magic && file->bootId == bootId()) {
        attempts.emplace();
        for (const File::Place &place : file->places) {
            if (place.jobId != 0)
                attempts->insert({place.jobId, place.generation});
        }
    }
    ::munmap(file, sizeof(File));
    return attempts;
}

Result<std::unique_ptr<EnteredJobs>> EnteredJobs::open(const QString &folder)
{
    File *const file = File::map(pathIn(folder), true);
    if (!file)
        return Error{ErrorCode::Io, pathIn(folder) + QStringLiteral(": cannot be written")};
    for (File::Place &place : file->places)
        place.jobId = 0;
    file->bootId = bootId();
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
