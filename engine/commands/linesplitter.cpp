// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/linesplitter.h"

#include <algorithm>

namespace stint {

namespace {

constexpr qsizetype longestCharacter = 4;

bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

} // namespace

void LineSplitter::write(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        const qsizetype length = end < 0 ? bytes.size() : end;
        const qsizetype room = lineLimit - m_rest.size();
        if (length > room) {
            m_rest.append(bytes.first(room));
            bytes = bytes.sliced(room);
            handOutFullLine();
        } else {
            m_rest.append(bytes.first(length));
            bytes = bytes.sliced(end < 0 ? length : length + 1);
            if (end >= 0)
                handOutLine();
        }
    }
}

void LineSplitter::finish()
{
    if (!m_rest.isEmpty())
        handOutLine();
}

void LineSplitter::handOutLine()
{
    if (m_rest.endsWith('\r'))
        m_rest.chop(1);
    m_line(toText(m_rest));
    m_rest.clear();
}

/// Keeps back a character that the limit cuts in two.
void LineSplitter::handOutFullLine()
{
    qsizetype cut = m_rest.size();
    while (cut > m_rest.size() - longestCharacter && isContinuation(m_rest.at(cut - 1)))
        --cut;
    if (static_cast<unsigned char>(m_rest.at(cut - 1)) >= 0xC0U)
        --cut;
    else
        cut = m_rest.size();
    m_line(toText(QByteArrayView(m_rest).first(cut)));
    m_rest.remove(0, cut);
}

QString LineSplitter::toText(QByteArrayView bytes)
{
    return QString::fromUtf8(bytes).replace(QChar(u'\0'), QChar(QChar::ReplacementCharacter));
}

QByteArrayView LineSplitter::fromWholeCharacter(QByteArrayView bytes)
{
    qsizetype begin = 0;
    while (begin < std::min(bytes.size(), longestCharacter - 1) && isContinuation(bytes[begin]))
        ++begin;
    return bytes.sliced(begin);
}

} // namespace stint
