// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/dialogs/timingform.h"

#include "app/console/details/runlist.h"
#include "app/console/theme.h"
#include "engine/clock.h"
#include "engine/retrypolicy.h"
#include "models/displaytext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace stint {

namespace {

constexpr std::chrono::seconds lookAgain{5};
constexpr int runsHeight = 22 * 13; ///< ten rows, their header, a note

QString textOfInterval(const std::optional<Ticks> &interval)
{
    return interval ? toDurationText(std::chrono::duration_cast<std::chrono::milliseconds>(*interval)) : QString();
}

} // namespace

TimingForm::TimingForm(QWidget *parent)
    : QWidget(parent)
    , m_byCron(new QRadioButton(tr("By cron expression"), this))
    , m_byInterval(new QRadioButton(tr("Every"), this))
    , m_cron(new QLineEdit(this))
    , m_interval(new QLineEdit(this))
    , m_zone(new QComboBox(this))
    , m_words(new QLabel(this))
    , m_runs(new RunList(this))
    , m_missed(new QComboBox(this))
    , m_catchUp(new QSpinBox(this))
    , m_noOverlap(new QCheckBox(tr("Pass over a run while the last one is unfinished"), this))
{
    m_byCron->setObjectName(QStringLiteral("byCron"));
    m_byInterval->setObjectName(QStringLiteral("byInterval"));
    m_cron->setObjectName(QStringLiteral("scheduleCron"));
    m_cron->setAccessibleName(tr("Cron expression"));
    m_cron->setPlaceholderText(tr("30 2 * * MON-FRI, six fields with seconds, or @daily"));
    m_interval->setObjectName(QStringLiteral("scheduleInterval"));
    m_interval->setAccessibleName(tr("Interval"));
    m_interval->setPlaceholderText(tr("30s, 10m, 2h or 1d"));
    m_zone->setObjectName(QStringLiteral("scheduleZone"));
    m_words->setObjectName(QStringLiteral("scheduleWords"));
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    m_missed->setObjectName(QStringLiteral("scheduleMissed"));
    m_catchUp->setObjectName(QStringLiteral("scheduleCatchUp"));
    m_catchUp->setAccessibleName(tr("How many missed runs are made up for"));
    m_noOverlap->setObjectName(QStringLiteral("scheduleNoOverlap"));
    m_missed->addItem(tr("one run makes up for them all"), static_cast<int>(MissedRuns::Policy::Once));
    m_missed->addItem(tr("are passed over"), static_cast<int>(MissedRuns::Policy::Skip));
    m_missed->addItem(tr("the newest are made up for:"), static_cast<int>(MissedRuns::Policy::CatchUp));
    m_missed->setToolTip(tr("What becomes of runs at whose time no host lived"));
    m_catchUp->setRange(1, MissedRuns::largestLimit);
    m_catchUp->setValue(3);
    m_byCron->setChecked(true);
    makeZones();
    makeLayout();
    for (QLineEdit *edit : {m_cron, m_interval})
        connect(edit, &QLineEdit::textChanged, this, &TimingForm::update);
    connect(m_byCron, &QRadioButton::toggled, this, [this] {
        update();
        (m_byCron->isChecked() ? m_cron : m_interval)->setFocus();
    });
    connect(m_zone, &QComboBox::editTextChanged, this, &TimingForm::update);
    connect(m_missed, &QComboBox::currentIndexChanged, this, &TimingForm::update);
    connect(&m_clock, &QTimer::timeout, this, &TimingForm::update);
    m_clock.start(lookAgain);
    update();
}

void TimingForm::makeZones()
{
    QStringList ids{QStringLiteral("UTC")};
    ids.append(QString::fromUtf8(QTimeZone::systemTimeZoneId()));
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
        if (!id.startsWith("UTC")) // offsets without a place: a host elsewhere may not know them
            ids.append(QString::fromUtf8(id));
    }
    ids.removeDuplicates();
    m_zone->setEditable(true);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    m_zone->addItems(ids);
    m_zone->setAccessibleName(tr("Time zone"));
    m_zone->lineEdit()->setPlaceholderText(QStringLiteral("UTC"));
    m_zone->setToolTip(tr("Type a part of its name to find it"));
    m_zone->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_zone->setMinimumContentsLength(20);
    QCompleter *completer = m_zone->completer();
    completer->setCompletionMode(QCompleter::PopupCompletion);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
}

void TimingForm::makeLayout()
{
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(m_byCron, m_cron);
    form->addRow(tr("Time zone"), m_zone);
    form->addRow(m_byInterval, m_interval);
    auto *zoneLabel = form->labelForField(m_zone);
    zoneLabel->setContentsMargins(22, 0, 0, 0); // it belongs to the expression
    auto *missed = new QHBoxLayout;
    missed->addWidget(m_missed, 1);
    missed->addWidget(m_catchUp);
    auto *rules = new QFormLayout;
    rules->setHorizontalSpacing(12);
    rules->addRow(tr("Missed runs"), missed);
    rules->addRow(QString(), m_noOverlap);
    rules->labelForField(missed)->setMinimumWidth(m_byCron->sizeHint().width()); // below those above
    auto *frame = new QFrame(this);
    frame->setFrameShape(QFrame::StyledPanel);
    auto *inFrame = new QVBoxLayout(frame);
    inFrame->setContentsMargins(1, 1, 1, 1);
    inFrame->addWidget(m_runs);
    m_runs->setMinimumHeight(runsHeight);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(form);
    layout->addWidget(m_words);
    layout->addWidget(frame, 1);
    layout->addLayout(rules);
}

void TimingForm::setTask(const ScheduledTask &task)
{
    m_original = task;
    m_name = task.name;
    m_byInterval->setChecked(task.cronExpression.isEmpty() && task.interval);
    m_cron->setText(task.cronExpression);
    m_interval->setText(textOfInterval(task.interval));
    m_zone->setEditText(task.zone.isEmpty() ? QStringLiteral("UTC") : task.zone);
    m_missed->setCurrentIndex(m_missed->findData(static_cast<int>(task.missedRuns.policy)));
    if (task.missedRuns.limit > 0)
        m_catchUp->setValue(task.missedRuns.limit);
    m_noOverlap->setChecked(task.noOverlap);
    update();
}

void TimingForm::setName(const QString &name)
{
    m_name = name;
    update();
}

QString TimingForm::zone() const
{
    const QString text = m_zone->currentText().trimmed();
    return text == QLatin1StringView("UTC") ? QString() : text;
}

ScheduledTask TimingForm::draft() const
{
    ScheduledTask task;
    task.name = m_name;
    if (m_byCron->isChecked()) {
        task.cronExpression = m_cron->text().trimmed();
        task.zone = zone();
    } else if (const auto interval = parseDuration(m_interval->text().trimmed())) {
        // Before it is turned into ticks, of which a long one has too many.
        task.interval = *interval > RunPreview::longestInterval ? Ticks::max() : Ticks(*interval);
    }
    if (task.interval && task.interval == m_original.interval)
        task.nextRun = m_original.nextRun;
    return task;
}

void TimingForm::fill(ScheduledTask &task) const
{
    const ScheduledTask made = draft();
    task.cronExpression = made.cronExpression;
    task.zone = made.zone;
    task.interval = made.interval;
    task.missedRuns.policy = static_cast<MissedRuns::Policy>(m_missed->currentData().toInt());
    task.missedRuns.limit = task.missedRuns.policy == MissedRuns::Policy::CatchUp ? m_catchUp->value() : 0;
    task.noOverlap = m_noOverlap->isChecked();
}

void TimingForm::update()
{
    const bool isCron = m_byCron->isChecked();
    m_cron->setEnabled(isCron);
    m_zone->setEnabled(isCron);
    m_interval->setEnabled(!isCron);
    m_catchUp->setVisible(m_missed->currentData().toInt() == static_cast<int>(MissedRuns::Policy::CatchUp));
    const QString typed = (isCron ? m_cron : m_interval)->text().trimmed();
    m_preview = RunPreview::of(draft(), SystemClock().now());
    if (typed.isEmpty())
        m_preview.problem = isCron ? tr("Type a cron expression.") : tr("Type an interval.");
    else if (!isCron && !parseDuration(typed))
        m_preview.problem = tr("“%1” is not an interval: a whole number with ms, s, m, h or d.").arg(typed);
    const bool isWrong = !m_preview.problem.isEmpty() && !typed.isEmpty();
    m_words->setText(m_preview.problem.isEmpty() ? m_preview.words : m_preview.problem);
    QPalette ink = palette();
    ink.setColor(QPalette::WindowText,
                 isWrong                           ? theme::stateColor(JobState::Failed)
                     : m_preview.problem.isEmpty() ? palette().color(QPalette::WindowText)
                                                   : theme::mutedText());
    m_words->setPalette(ink);
    QFont font = m_words->font();
    font.setBold(m_preview.problem.isEmpty());
    m_words->setFont(font);
    m_runs->setPreview(m_preview, zone());
    Q_EMIT changed();
}

} // namespace stint
