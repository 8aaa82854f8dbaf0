// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/dialogs/confirmdialog.h"

#include "models/displaytext.h"

#include <QLabel>
#include <QPushButton>

namespace stint {

namespace {

constexpr int namesShown = 6;

/// So many of something.
struct Line {
    QString number;
    QString what;
};

/// The lines with their numbers below each other: the digits of a font are of one width.
QStringList aligned(const QList<Line> &lines)
{
    QString widest;
    for (const Line &line : lines)
        widest = line.number.size() > widest.size() ? line.number : widest;
    QStringList texts;
    for (const Line &line : lines) {
        QString room;
        for (const QChar sign : widest.left(widest.size() - line.number.size()))
            room += QChar(sign.isDigit() ? 0x2007 : 0x2008); // as wide as a digit, as a comma
        texts.append(ConfirmDialog::tr("%1%2  %3").arg(room, line.number, line.what));
    }
    return texts;
}

/// The most frequent names of the jobs in these states.
QStringList nameLines(const MatchCount &count, const QList<JobState> &states)
{
    QMap<QString, std::int64_t> sums;
    for (const JobState state : states) {
        const auto names = count.names.value(state);
        for (auto name = names.cbegin(); name != names.cend(); ++name)
            sums[name.key()] += name.value();
    }
    QList<QPair<std::int64_t, QString>> names;
    for (auto name = sums.cbegin(); name != sums.cend(); ++name)
        names.append({name.value(), name.key()});
    std::ranges::sort(names, std::greater{});
    QList<Line> lines;
    for (const auto &[number, name] : names.mid(0, namesShown))
        lines.append({displaytext::count(number), name});
    QStringList texts = aligned(lines);
    if (names.size() > namesShown)
        texts.append(ConfirmDialog::tr("Other names: %1").arg(names.size() - namesShown));
    return texts;
}

} // namespace

ConfirmDialog::ConfirmDialog(JobVerb verb, const QString &question, const QList<JobState> &states, bool one, QWidget *parent)
    : QuestionDialog(question, jobverb::consequence(verb, states), QString(), jobverb::keep(verb, one), parent)
    , m_verb(verb)
    , m_states(states)
    , m_counts(new QLabel(this))
    , m_leftAlone(new QLabel(this))
{
    setObjectName(QStringLiteral("confirmDialog"));
    actButton()->setObjectName(QStringLiteral("confirmAct"));
    m_counts->setObjectName(QStringLiteral("confirmCounts"));
    m_leftAlone->setObjectName(QStringLiteral("confirmLeftAlone"));
    m_leftAlone->setForegroundRole(QPalette::PlaceholderText);
    addDetail(m_counts);
    addDetail(m_leftAlone);
    connect(&m_counter, &MatchCounter::changed, this, [this] { setCount(m_counter.count()); });
}

void ConfirmDialog::setCount(const MatchCount &count)
{
    QList<Line> acted;
    QList<Line> others;
    m_total = 0;
    m_isExact = count.exact;
    std::int64_t known = 0;
    for (auto state = count.byState.cbegin(); state != count.byState.cend(); ++state) {
        const QString word = displaytext::stateWord(state.key()).toLower();
        known += state.value();
        if (m_states.contains(state.key())) {
            acted.append({displaytext::count(state.value()), word});
            m_total += state.value();
        } else {
            others.append({displaytext::count(state.value()), tr("%1: %2").arg(word, jobverb::whyLeftAlone(m_verb, state.key()))});
        }
    }
    if (count.total > known) {
        acted.append({displaytext::count(count.total - known), tr("in a state that is not read yet")});
        m_total += count.total - known;
    }
    QStringList lines = aligned(acted);
    if (const QStringList names = nameLines(count, m_states); !names.isEmpty())
        lines << QString() << names;
    if (!count.exact)
        lines.append(m_counter.isFinished() ? tr("Not all could be counted.") : tr("Still counting…"));
    m_counts->setText(lines.join(QLatin1Char('\n')));
    m_counts->setVisible(!lines.isEmpty());
    m_leftAlone->setText(tr("Left alone:") + QLatin1Char('\n') + aligned(others).join(QLatin1Char('\n')));
    m_leftAlone->setVisible(!others.isEmpty());
    actButton()->setText(jobverb::button(m_verb, m_total, m_isExact));
    actButton()->setEnabled(m_total > 0 || !m_isExact);
}

void ConfirmDialog::countMatches(std::shared_ptr<JobStore> store, const JobQuery &query)
{
    setCount({});
    m_counter.start(std::move(store), query);
}

} // namespace stint
