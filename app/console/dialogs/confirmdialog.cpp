// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/dialogs/confirmdialog.h"

#include "models/displaytext.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace stint {

namespace {
constexpr int namesShown = 6;
constexpr int textWidth = 460;
} // namespace

ConfirmDialog::ConfirmDialog(const QString &title, const QString &consequence, const Verb &verb, const QString &keep,
                             QWidget *parent)
    : QDialog(parent)
    , m_verb(verb)
    , m_counts(new QLabel(this))
    , m_act(new QPushButton(this))
{
    setWindowTitle(title);
    setObjectName(QStringLiteral("confirmDialog"));
    auto *headline = new QLabel(title, this);
    QFont large = headline->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.15);
    headline->setFont(large);
    auto *text = new QLabel(consequence, this);
    text->setWordWrap(true);
    text->setFixedWidth(textWidth);
    text->setMinimumHeight(text->heightForWidth(textWidth));
    m_counts->setTextFormat(Qt::PlainText);
    m_counts->setObjectName(QStringLiteral("confirmCounts"));
    auto *buttons = new QDialogButtonBox(this);
    auto *stay = buttons->addButton(keep, QDialogButtonBox::RejectRole);
    m_act->setObjectName(QStringLiteral("confirmAct"));
    buttons->addButton(m_act, QDialogButtonBox::AcceptRole);
    m_act->setAutoDefault(false);
    stay->setDefault(true);
    stay->setFocus();
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addWidget(headline);
    layout->addWidget(text);
    layout->addWidget(m_counts);
    layout->addWidget(buttons);
    layout->setSizeConstraint(QLayout::SetFixedSize); // it grows with what is counted
    connect(&m_counter, &MatchCounter::changed, this, [this] { setCount(m_counter.count()); });
}

void ConfirmDialog::setCount(const MatchCount &count)
{
    QStringList lines;
    for (auto state = count.byState.cbegin(); state != count.byState.cend(); ++state)
        lines.append(tr("%1  %2").arg(displaytext::count(state.value()), displaytext::stateWord(state.key()).toLower()));
    QList<QPair<std::int64_t, QString>> names;
    for (auto name = count.byName.cbegin(); name != count.byName.cend(); ++name)
        names.append({name.value(), name.key()});
    std::ranges::sort(names, std::greater{});
    if (!names.isEmpty())
        lines.append(QString());
    for (const auto &[number, name] : names.mid(0, namesShown))
        lines.append(tr("%1  %2").arg(displaytext::count(number), name));
    if (names.size() > namesShown)
        lines.append(tr("Other names: %1").arg(names.size() - namesShown));
    if (!count.exact)
        lines.append(tr("Still counting…"));
    m_counts->setText(lines.join(QLatin1Char('\n')));
    m_act->setText(count.total == 1 && count.exact ? m_verb.one : m_verb.many.arg(displaytext::count(count.total, count.exact)));
}

void ConfirmDialog::countMatches(std::shared_ptr<JobStore> store, const JobQuery &query)
{
    setCount({});
    m_counter.start(std::move(store), query);
}

} // namespace stint
