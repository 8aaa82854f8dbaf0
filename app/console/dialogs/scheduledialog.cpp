// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/dialogs/scheduledialog.h"

#include "app/console/dialogs/jobform.h"
#include "app/console/dialogs/timingform.h"
#include "app/console/messagestrip.h"
#include "models/displaytext.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace stint {

namespace {

constexpr QSize sizeOfDialog{1080, 600};

QLabel *heading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

} // namespace

ScheduleDialog::ScheduleDialog(const std::optional<ScheduledTask> &edited, const QStringList &taken, const KnownCommands &known,
                               QWidget *parent)
    : QDialog(parent)
    , m_isNew(!edited)
    , m_taken(taken)
    , m_name(new QLineEdit(this))
    , m_job(new JobForm(known, this))
    , m_paused(new QCheckBox(tr("Paused until it is resumed"), this))
    , m_timing(new TimingForm(this))
    , m_refusal(new MessageStrip(this))
    , m_problem(new QLabel(this))
    , m_save(new QPushButton(m_isNew ? tr("Add schedule") : tr("Save schedule"), this))
{
    setObjectName(QStringLiteral("scheduleDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(m_isNew ? tr("Add a schedule") : tr("Edit schedule %1").arg(edited->name));
    m_name->setObjectName(QStringLiteral("scheduleName"));
    m_name->setAccessibleName(tr("Name of the schedule"));
    m_name->setPlaceholderText(tr("such as nightly-report"));
    m_paused->setObjectName(QStringLiteral("schedulePaused"));
    m_paused->setVisible(m_isNew);
    m_problem->setObjectName(QStringLiteral("scheduleProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setForegroundRole(QPalette::PlaceholderText);
    m_problem->setWordWrap(true);
    m_save->setObjectName(QStringLiteral("scheduleSave"));
    makeLayout();
    if (edited) {
        m_name->setText(edited->name);
        m_name->setReadOnly(true);
        m_name->setToolTip(tr("It is known by this name; to have another, add another and delete this one."));
        m_job->setTask(*edited);
        m_timing->setTask(*edited);
        m_timing->setFocus();
    }
    connect(m_name, &QLineEdit::textChanged, m_timing, &TimingForm::setName);
    connect(m_job, &JobForm::changed, this, &ScheduleDialog::update);
    connect(m_timing, &TimingForm::changed, this, &ScheduleDialog::update);
    update();
    resize(sizeOfDialog);
}

void ScheduleDialog::makeLayout()
{
    m_job->addFirst(tr("Name"), m_name);
    m_job->addLast(m_paused);
    auto *what = new QVBoxLayout;
    what->setSpacing(8);
    what->addWidget(heading(tr("What runs"), this));
    what->addWidget(m_job, 1);
    auto *when = new QVBoxLayout;
    when->setSpacing(8);
    when->addWidget(heading(tr("When"), this));
    when->addWidget(m_timing, 1);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(24);
    columns->addLayout(what, 2);
    columns->addLayout(when, 3);

    auto *buttons = new QDialogButtonBox(this);
    auto *cancel = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    buttons->addButton(m_save, QDialogButtonBox::AcceptRole);
    cancel->setAutoDefault(false);
    m_save->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &ScheduleDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_problem, 1);
    foot->addWidget(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addLayout(columns, 1);
    layout->addWidget(m_refusal);
    layout->addLayout(foot);
}

QString ScheduleDialog::problem() const
{
    const QString name = m_name->text().trimmed();
    if (name.isEmpty())
        return tr("Give it a name.");
    if (m_isNew && m_taken.contains(name))
        return tr("There is a schedule “%1” already: edit that one, or choose another name.").arg(name);
    const QString job = m_job->problem();
    return job.isEmpty() ? m_timing->problem() : job;
}

void ScheduleDialog::update()
{
    const QString why = problem();
    // What is wrong with when it runs stands beside that.
    m_problem->setText(why == m_timing->problem() ? QString() : why);
    m_save->setEnabled(why.isEmpty() && !m_isSaving);
    m_save->setToolTip(why);
}

void ScheduleDialog::save()
{
    if (!problem().isEmpty() || m_isSaving)
        return;
    ScheduledTask row;
    m_timing->fill(row);
    const auto schedule = Schedule::of(row);
    if (!schedule)
        return refuse(schedule.error());
    m_isSaving = true;
    m_refusal->hide();
    update();
    Q_EMIT saveWanted(NewTask{.name = m_name->text().trimmed(),
                              .schedule = *schedule,
                              .job = m_job->job(),
                              .missedRuns = row.missedRuns,
                              .noOverlap = row.noOverlap,
                              .transient = m_job->isTransient(),
                              .paused = m_isNew && m_paused->isChecked() ? std::optional(true) : std::nullopt});
}

void ScheduleDialog::refuse(const Error &error)
{
    m_isSaving = false;
    m_refusal->say(MessageStrip::Kind::Error, displaytext::errorText(error));
    update();
}

} // namespace stint
