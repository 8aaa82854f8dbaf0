// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/joblinefile.h"

#include "app/cli/jobline.h"

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {
constexpr qint64 pieceSize = 1024 * 1024;
}

JobLineFile::JobLineFile(const QString &name)
    : m_name(name)
{
}

Result<void> JobLineFile::open()
{
    if (m_name != u"-") {
        m_file = std::make_unique<QFile>(m_name);
        if (!m_file->open(QIODevice::ReadOnly))
            return Error{ErrorCode::Io, u"%1 cannot be read: %2"_s.arg(m_name, m_file->errorString())};
        if (!m_file->isSequential())
            return {};
    } else {
        m_file = std::make_unique<QFile>();
        if (!m_file->open(STDIN_FILENO, QIODevice::ReadOnly))
            return Error{ErrorCode::Io, u"standard input cannot be read: %1"_s.arg(m_file->errorString())};
    }
    auto copy = std::make_unique<QTemporaryFile>();
    if (!copy->open())
        return Error{ErrorCode::Io, u"no temporary file can be made: %1"_s.arg(copy->errorString())};
    while (true) {
        const QByteArray piece = m_file->read(pieceSize);
        if (piece.isEmpty())
            break;
        if (copy->write(piece) != piece.size() || !copy->flush())
            return Error{ErrorCode::Io, u"a temporary file cannot be written: %1"_s.arg(copy->errorString())};
    }
    if (m_file->error() != QFileDevice::NoError)
        return Error{ErrorCode::Io, u"%1 cannot be read: %2"_s.arg(m_name, m_file->errorString())};
    m_file = std::move(copy);
    return {};
}

Result<void> JobLineFile::forEach(const NewJob &defaults, const Visit &visit)
{
    if (!m_file->seek(0))
        return Error{ErrorCode::Io, u"%1 cannot be read: %2"_s.arg(m_name, m_file->errorString())};
    for (std::int64_t number = 1; !m_file->atEnd(); ++number) {
        const QByteArray line = m_file->readLine().trimmed();
        if (m_file->error() != QFileDevice::NoError)
            return Error{ErrorCode::Io, u"%1: %2"_s.arg(place(number), m_file->errorString())};
        if (line.isEmpty())
            continue;
        auto job = parseJobLine(line, defaults);
        if (!job)
            return Error{job.error().code, u"%1: %2"_s.arg(place(number), job.error().message)};
        if (auto visited = visit(std::move(*job), number); !visited)
            return visited;
    }
    return {};
}

QString JobLineFile::place(std::int64_t line) const
{
    return u"%1 line %2"_s.arg(m_name == u"-" ? u"standard input"_s : m_name).arg(line);
}

} // namespace stint::cli
