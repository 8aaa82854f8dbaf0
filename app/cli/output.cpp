// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/output.h"

#include <cstdio>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {
constexpr qsizetype pieceSize = 64 * 1024;

bool steersTerminal(char16_t unit)
{
    const bool control = unit < 0x20 || (unit >= 0x7f && unit < 0xa0);
    const bool direction
        = unit == 0x061c || unit == 0x200e || unit == 0x200f || (unit >= 0x2028 && unit <= 0x202e) || (unit >= 0x2066 && unit <= 0x2069);
    return control || direction;
}
} // namespace

Output::Output()
{
    // Unbuffered, so that an error is seen where it happens.
    m_failed = !m_file.open(STDOUT_FILENO, QIODevice::WriteOnly | QIODevice::Unbuffered);
}

void Output::write(QByteArrayView bytes)
{
    m_pending.append(bytes);
    if (m_pending.size() >= pieceSize)
        flush();
}

void Output::line(const QString &text)
{
    write(text.toUtf8() + '\n');
}

bool Output::flush()
{
    if (!m_pending.isEmpty() && !m_failed && m_file.write(m_pending) != m_pending.size()) {
        m_failed = true;
        warn(u"standard output: %1"_s.arg(m_file.errorString()));
    }
    m_pending.clear();
    return !m_failed;
}

int Output::finish(ExitCode code)
{
    return flush() ? code : Refused;
}

bool Output::isTerminal()
{
    return isatty(STDOUT_FILENO) == 1;
}

void warn(const QString &message)
{
    const QByteArray line = "stint: " + printable(message).toUtf8() + '\n';
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
}

int fail(const QString &message, ExitCode code)
{
    warn(message);
    return code;
}

int fail(const Error &error)
{
    return fail(error.message, error.code == ErrorCode::InvalidArgument ? BadUsage : Refused);
}

QString printable(QStringView text)
{
    QString shown = text.toString();
    for (QChar &character : shown) {
        if (character == u'\n' || character == u'\t')
            character = u' ';
        else if (steersTerminal(character.unicode()))
            character = QChar::ReplacementCharacter;
    }
    return shown;
}

} // namespace stint::cli
