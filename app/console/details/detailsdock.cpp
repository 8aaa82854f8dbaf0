// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/detailsdock.h"

#include "app/console/connection.h"
#include "app/console/details/attemptstab.h"
#include "app/console/details/bodyview.h"
#include "app/console/details/errortab.h"
#include "app/console/details/fieldlist.h"
#include "app/console/details/logtab.h"
#include "app/console/details/overview.h"
#include "app/console/details/relatedtab.h"
#include "app/console/details/waitbox.h"
#include "app/console/messagestrip.h"
#include "app/console/pages/placeholder.h"
#include "app/console/theme.h"
#include "engine/clock.h"
#include "models/displaytext.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace stint {

namespace {

/// The pane whose rows hold the job.
Pane paneOf(const JobResult &job)
{
    return job.queued ? Pane::Queue : job.completed ? Pane::Completed : job.failed ? Pane::Failed : Pane::All;
}

} // namespace

DetailsDock::DetailsDock(Connection &connection, QWidget *parent)
    : QDockWidget(tr("Details"), parent)
    , m_connection(connection)
    , m_stack(new QStackedWidget(this))
    , m_placeholder(new Placeholder(m_stack))
    , m_icon(new QLabel)
    , m_title(new QLabel)
    , m_subtitle(new QLabel)
    , m_buttons(new QHBoxLayout)
    , m_waiting(new WaitBox)
    , m_strip(new MessageStrip)
    , m_elsewhere(new MessageStrip)
    , m_tabs(new QTabWidget)
    , m_overview(new FieldList)
    , m_request(new BodyView(tr("Request")))
    , m_result(new BodyView(tr("Result")))
    , m_error(new ErrorTab)
    , m_log(new LogTab)
    , m_attempts(new AttemptsTab)
    , m_related(new RelatedTab)
{
    setObjectName(QStringLiteral("detailsDock"));
    QFont large = m_title->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.15);
    m_title->setFont(large);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setWordWrap(true);
    m_subtitle->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tabs->setObjectName(QStringLiteral("detailsTabs"));
    m_tabs->setAccessibleName(tr("About the job"));
    m_request->setObjectName(QStringLiteral("requestBody"));
    m_result->setObjectName(QStringLiteral("resultBody"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->addTab(m_overview, tr("Overview"));
    m_tabs->addTab(m_request, tr("Request"));
    m_tabs->addTab(m_result, tr("Result"));
    m_tabs->addTab(m_error, tr("Error"));
    m_tabs->addTab(m_log, tr("Log"));
    m_tabs->addTab(m_attempts, tr("Attempts"));
    m_tabs->addTab(m_related, tr("Related"));
    m_widthWanted = m_tabs->tabBar()->sizeHint().width();

    auto *page = new QWidget(m_stack);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_subtitle);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(10, 8, 8, 8);
    head->setSpacing(8);
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addLayout(words, 1);
    head->addLayout(m_buttons);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_strip);
    layout->addWidget(m_elsewhere);
    layout->addWidget(m_waiting);
    layout->addWidget(m_tabs, 1);
    m_stack->addWidget(m_placeholder);
    m_stack->addWidget(page);
    setWidget(m_stack);

    connect(&m_connection, &Connection::changed, this, [this] { setJob(0); });
    connect(&m_connection, &Connection::storeChanged, this, &DetailsDock::refresh);
    connect(m_overview, &FieldList::openJob, this, &DetailsDock::openJob);
    connect(m_related, &RelatedTab::openJob, this, &DetailsDock::openJob);
    connect(m_placeholder, &Placeholder::acted, this, &DetailsDock::refresh);
    showJob();
}

void DetailsDock::setActions(QAction *requeue, QAction *cancel)
{
    for (QAction *action : {requeue, cancel}) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIconSize(theme::buttonIconSize);
        connect(action, &QAction::changed, button, [action, button] { button->setVisible(action->isVisible()); });
        m_buttons->addWidget(button, 0, Qt::AlignTop);
    }
}

void DetailsDock::setJob(std::int64_t id)
{
    if (id == m_id && id != 0)
        return;
    m_id = id;
    m_reader.cancel();
    if (id == 0) {
        m_details = {};
        m_shownId = 0;
        m_log->clear();
        showJob();
        Q_EMIT jobChanged();
        return;
    }
    refresh();
}

void DetailsDock::refresh()
{
    if (m_id == 0 || !m_connection.isAttached())
        return;
    m_reader.read(
        m_shownId == m_id ? StoreReader::Running::Keep : StoreReader::Running::Stop,
        [store = m_connection.store(), id = m_id](const std::stop_token &) { return JobDetails::read(*store, id); },
        [this](JobDetails details) { accept(std::move(details)); });
}

void DetailsDock::accept(JobDetails details)
{
    if (details.error && m_shownId == m_id) {
        m_strip->say(MessageStrip::Kind::Error, displaytext::errorText(*details.error), {{tr("Retry"), [this] { refresh(); }}}, false);
        return;
    }
    m_strip->hide();
    m_details = std::move(details);
    showJob();
    m_shownId = m_id;
    Q_EMIT jobChanged();
}

void DetailsDock::showJob()
{
    m_stack->setCurrentIndex(m_details.job ? 1 : 0);
    if (!m_details.job) {
        if (m_id == 0)
            m_placeholder->say(QStringLiteral("all"), tr("No job chosen"), tr("Choose a job in the table to see all about it."));
        else if (m_details.error)
            m_placeholder->say(QStringLiteral("warning"), tr("Job %1 cannot be read").arg(m_id), m_details.error->message, tr("Retry"));
        else
            m_placeholder->say(QStringLiteral("search"), tr("There is no job %1").arg(m_id),
                               tr("It may have been removed with its month's archive."));
        return;
    }
    showHead();
    m_overview->setFields(overview::fields(*m_details.job));
    const Job *job = m_details.job->job();
    m_waiting->setReasons(m_details.waitingFor, job ? *job : Job{});
    m_request->setBody(job ? displaytext::requestName(job->request) : QString(), job ? job->requestBody : QByteArray());
    m_result->setBody(job ? job->response : QString(), job ? job->responseBody : QByteArray());
    m_error->setError(overview::errorOf(*m_details.job));
    m_log->setJob(m_connection.store(), m_id, job ? job->logs : QString());
    m_attempts->setAttempts(m_details.job->attempts);
    m_related->setDetails(m_details);

    m_tabs->setTabVisible(m_tabs->indexOf(m_error), overview::errorOf(*m_details.job).has_value());
    m_tabs->setTabVisible(m_tabs->indexOf(m_result), job && !job->responseBody.isEmpty());
    m_tabs->setTabVisible(m_tabs->indexOf(m_attempts), m_attempts->count() > 0);
    m_tabs->setTabVisible(m_tabs->indexOf(m_related), m_related->count() > 0);
    m_tabs->setTabToolTip(m_tabs->indexOf(m_attempts), tr("Earlier attempts: %1").arg(m_attempts->count()));
    m_tabs->setTabToolTip(m_tabs->indexOf(m_related), tr("Related jobs: %1").arg(m_related->count()));
    showElsewhere();
}

void DetailsDock::setPane(std::optional<Pane> pane)
{
    m_pane = pane;
    showElsewhere();
}

void DetailsDock::showElsewhere()
{
    const bool isElsewhere = m_details.job && m_pane && m_pane != Pane::All && m_pane != paneOf(*m_details.job);
    if (!isElsewhere) {
        m_elsewhere->hide();
        return;
    }
    const Pane pane = paneOf(*m_details.job);
    m_elsewhere->say(MessageStrip::Kind::Hint, tr("Not in this pane: the job is in %1.").arg(displaytext::paneTitle(pane)),
                     {{tr("Show it there"), [this, pane] { Q_EMIT paneWanted(pane); }}}, false);
}

void DetailsDock::showHead()
{
    const JobSummary &summary = m_details.job->summary;
    const Job *job = m_details.job->job();
    const JobState state = job ? job->state : summary.state;
    const QColor ink = theme::stateColor(state);
    m_icon->setPixmap(theme::stateIcon(state).pixmap(24));
    m_title->setText(tr("%1 · %2").arg(summary.id).arg(summary.name()));
    const Timestamp now = SystemClock().now();
    QStringList parts{QStringLiteral("<b style='color:%1'>%2</b>").arg(ink.name(), displaytext::stateWord(state))};
    if (job && !displaytext::jobDuration(*job, now).isEmpty())
        parts.append(displaytext::jobDuration(*job, now));
    const auto moment = job && displaytext::endOf(*job) ? displaytext::endOf(*job) : std::optional(summary.createdDate);
    parts.append(displaytext::age(*moment, now));
    if (job && job->cancelRequested && !isFinished(state))
        parts.append(tr("asked to stop"));
    m_subtitle->setText(parts.join(QStringLiteral("  ·  ")));
    m_subtitle->setToolTip(displaytext::fullTime(*moment));
}

bool DetailsDock::isSettled() const
{
    return m_id == 0 || (m_shownId == m_id && !m_reader.isBusy() && m_log->isSettled());
}

} // namespace stint
