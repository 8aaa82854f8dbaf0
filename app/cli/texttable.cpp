// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/texttable.h"

#include <algorithm>

#include <cwchar>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

constexpr qsizetype heldRows = 200;
constexpr qsizetype widestCell = 60;

qsizetype columnsOf(char32_t character)
{
    const int width = ::wcwidth(static_cast<wchar_t>(character));
    return width < 0 ? 1 : width;
}

qsizetype columnsOf(const QString &text)
{
    qsizetype columns = 0;
    for (const char32_t character : text.toUcs4())
        columns += columnsOf(character);
    return columns;
}

QString shortened(const QString &text)
{
    if (columnsOf(text) <= widestCell)
        return text;
    const QList<uint> characters = text.toUcs4();
    qsizetype columns = 1;
    qsizetype kept = 0;
    while (columns + columnsOf(char32_t{characters[kept]}) <= widestCell)
        columns += columnsOf(char32_t{characters[kept++]});
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(characters.constData()), kept) + u'…';
}

QLatin1StringView escapeFor(Tint tint)
{
    switch (tint) {
    case Tint::None: break;
    case Tint::Good: return "\x1b[32m"_L1;
    case Tint::Busy: return "\x1b[36m"_L1;
    case Tint::Bad: return "\x1b[31m"_L1;
    case Tint::Dim: return "\x1b[2m"_L1;
    }
    return {};
}

} // namespace

TextTable::TextTable(Output &output, QList<Heading> headings)
    : m_output(output)
    , m_headings(std::move(headings))
    , m_coloured(Output::isTerminal() && !qEnvironmentVariableIsSet("NO_COLOR"))
{
}

void TextTable::add(QList<Cell> cells)
{
    for (Cell &cell : cells)
        cell.text = shortened(printable(cell.text));
    if (!m_widths.isEmpty()) {
        write(cells);
        return;
    }
    m_held.append(std::move(cells));
    if (m_held.size() >= heldRows)
        settleWidths();
}

void TextTable::finish()
{
    if (m_widths.isEmpty())
        settleWidths();
}

void TextTable::settleWidths()
{
    QList<Cell> titles;
    for (const Heading &heading : std::as_const(m_headings)) {
        titles.append({heading.title, Tint::Dim});
        m_widths.append(columnsOf(heading.title));
    }
    for (const QList<Cell> &row : std::as_const(m_held)) {
        for (qsizetype column = 0; column < row.size(); ++column)
            m_widths[column] = std::max(m_widths[column], columnsOf(row[column].text));
    }
    write(titles);
    for (const QList<Cell> &row : std::as_const(m_held))
        write(row);
    m_held.clear();
}

void TextTable::write(const QList<Cell> &cells)
{
    QString line;
    for (qsizetype column = 0; column < cells.size(); ++column) {
        const Cell &cell = cells[column];
        const bool isLast = column + 1 == cells.size();
        const bool alignRight = m_headings[column].alignRight;
        const QString gap(std::max<qsizetype>(m_widths[column] - columnsOf(cell.text), 0), u' ');
        const bool tinted = m_coloured && cell.tint != Tint::None;
        if (alignRight)
            line += gap;
        line += tinted ? escapeFor(cell.tint) + cell.text + "\x1b[0m"_L1 : cell.text;
        if (!isLast)
            line += alignRight ? u"  "_s : gap + u"  "_s;
    }
    while (line.endsWith(u' '))
        line.chop(1);
    m_output.line(line);
}

} // namespace stint::cli
