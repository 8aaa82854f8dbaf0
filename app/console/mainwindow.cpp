// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/mainwindow.h"

#include "app/console/connectionbar.h"
#include "app/console/details/detailsdock.h"
#include "app/console/exportoperation.h"
#include "app/console/jobactions.h"
#include "app/console/messagestrip.h"
#include "app/console/operationsstrip.h"
#include "app/console/pages/alljobspage.h"
#include "app/console/pages/completedpage.h"
#include "app/console/pages/failedpage.h"
#include "app/console/pages/jobtableview.h"
#include "app/console/pages/logpage.h"
#include "app/console/pages/queuepage.h"
#include "app/console/pages/scheduledpage.h"
#include "app/console/pages/welcomepage.h"
#include "app/console/pages/workerspage.h"
#include "app/console/settings.h"
#include "app/console/sidebar.h"
#include "app/console/windowactions.h"
#include "engine/clock.h"
#include "models/displaytext.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>
#include <QUrl>
#include <QVBoxLayout>

namespace stint {

namespace {
constexpr QSize defaultSize{1500, 950};
constexpr int detailsWidth = 400;
} // namespace

MainWindow::MainWindow(Settings &settings, QWidget *parent)
    : QMainWindow(parent)
    , m_settings(settings)
    , m_journal(settings.stateFolder())
    , m_counts(m_connection)
    , m_host(QApplication::applicationDirPath() + QStringLiteral("/stint"))
    , m_actions(new WindowActions(this))
    , m_sidebar(new Sidebar(this))
    , m_pages(new QStackedWidget(this))
    , m_welcome(new WelcomePage(m_connection, settings, this))
    , m_message(new MessageStrip(this))
    , m_hostMessage(new MessageStrip(this))
    , m_pausedMessage(new MessageStrip(this))
    , m_operations(new OperationsStrip(this))
    , m_details(new DetailsDock(m_connection, this))
    , m_jobActions(new JobActions(m_connection, m_journal, m_message, this))
    , m_status(new QLabel(this))
    , m_running(new QLabel(this))
    , m_asOf(new QLabel(this))
{
    setWindowIcon(QIcon(QStringLiteral(":/icons/stint-console.svg")));
    makePages();
    makeLayout();
    connectActions();
    connectHost();
    connect(&m_connection, &Connection::changed, this, &MainWindow::showConnection);
    connect(&m_connection, &Connection::accessChanged, this, &MainWindow::showActions);
    connect(&m_connection, &Connection::countsChanged, this, &MainWindow::showStatus);
    connect(&m_connection, &Connection::storeChanged, this, &MainWindow::showStatus);
    connect(&m_counts, &PaneCounts::changed, this, &MainWindow::showCounts);
    restoreWindow();
    showPane(QStringLiteral("queue"));
    showConnection();
}

MainWindow::~MainWindow()
{
    // Pages and dock look at the connection while they are taken down.
    m_connection.disconnect();
    delete m_details;
    qDeleteAll(m_panes);
}

void MainWindow::makePages()
{
    m_queue = new QueuePage(m_connection, m_settings, this);
    m_all = new AllJobsPage(m_connection, m_settings, this);
    m_log = new LogPage(m_connection, m_settings, this);
    m_workers = new WorkersPage(m_connection, m_settings, this);
    addJobsPage(m_queue);
    addJobsPage(m_all);
    addJobsPage(new CompletedPage(m_connection, m_settings, this));
    addJobsPage(new FailedPage(m_connection, m_settings, this));
    addPage(new ScheduledPage(m_connection, m_settings, this));
    addPage(m_log);
    addPage(m_workers);
    m_pages->addWidget(m_welcome);
    connect(m_sidebar, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            showPane(m_panes[row]->key());
    });
    connect(m_workers, &WorkersPage::pauseWanted, m_jobActions, &JobActions::setWorkerPaused);
    connect(m_workers, &WorkersPage::queueWanted, this, [this](const QString &worker) {
        showPane(m_queue->key());
        m_queue->setFilterText(worker);
    });
    connect(m_queue, &Page::nextStep, this, [this] { showPane(m_all->key()); });
}

void MainWindow::addPage(Page *page)
{
    m_panes.append(page);
    m_pages->addWidget(page);
    m_sidebar->addPage(*page);
    QAction *action = m_actions->addPane(page->title(), static_cast<int>(m_panes.size()));
    m_paneActions.append(action);
    connect(action, &QAction::triggered, this, [this, page] {
        showPane(page->key());
        page->focusTable();
    });
    connect(page, &Page::openJob, this, &MainWindow::openJob);
    connect(page, &Page::statusChanged, this, &MainWindow::showStatus);
}

void MainWindow::addJobsPage(JobsPage *page)
{
    addPage(page);
    for (QAction *action : {m_actions->open, m_actions->requeue, m_actions->cancel, m_actions->copy})
        page->table()->addAction(action);
    connect(page, &JobsPage::choiceChanged, this, [this, page] {
        if (page == this->page()) {
            showActions();
            showStatus();
        }
    });
    connect(page, &JobsPage::currentJobChanged, this, [this, page](qint64 id) {
        if (page == this->page() && id != 0)
            m_details->setJob(id);
    });
    connect(page, &JobsPage::contextMenuWanted, this, &MainWindow::showJobMenu);
    if (page->pane() != Pane::Queue)
        connect(page, &Page::nextStep, this, [this, page] {
            showPane(page->pane() == Pane::Completed ? m_queue->key() : m_all->key());
        });
}

void MainWindow::makeLayout()
{
    auto *bar = new ConnectionBar(m_connection, m_actions->places, this);
    bar->addButton(m_actions->refresh);
    bar->addButton(m_actions->pauseRefresh);
    bar->addSeparator();
    bar->addButton(m_actions->requeue);
    bar->addSeparator();
    bar->addButton(m_actions->cancel);
    bar->addSeparator();
    bar->addButton(m_actions->exportCsv);

    auto *middle = new QVBoxLayout;
    middle->setContentsMargins(0, 0, 0, 0);
    middle->setSpacing(0);
    for (QWidget *widget : {static_cast<QWidget *>(m_hostMessage), static_cast<QWidget *>(m_pausedMessage)})
        middle->addWidget(widget);
    middle->addWidget(m_pages, 1);
    middle->addWidget(m_message);
    middle->addWidget(m_operations);
    auto *body = new QHBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    body->addWidget(m_sidebar);
    body->addLayout(middle, 1);
    auto *central = new QWidget(this);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar);
    column->addLayout(body, 1);
    setCentralWidget(central);
    addDockWidget(Qt::RightDockWidgetArea, m_details);
    m_details->setActions(m_actions->requeueShown, m_actions->cancelShown);
    m_actions->fill(menuBar(), m_paneActions, m_details->toggleViewAction());

    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(6, 0, 6, 0);
    statusBar()->addWidget(m_status, 1);
    statusBar()->addPermanentWidget(m_running);
    statusBar()->addPermanentWidget(m_asOf);
    const int offset = QDateTime::currentDateTime().offsetFromUtc() / 60;
    auto *zone = new QLabel(QStringLiteral("UTC%1%2:%3").arg(offset < 0 ? QLatin1Char('-') : QLatin1Char('+'))
                                .arg(std::abs(offset) / 60, 2, 10, QLatin1Char('0')).arg(std::abs(offset) % 60, 2, 10, QLatin1Char('0')), this);
    zone->setToolTip(tr("Times are shown in this zone"));
    statusBar()->addPermanentWidget(zone);
}

void MainWindow::connectActions()
{
    connect(m_actions->attach, &QAction::triggered, this, [this] { chooseFolder(false); });
    connect(m_actions->attachReadOnly, &QAction::triggered, this, [this] { chooseFolder(true); });
    connect(m_welcome, &WelcomePage::attachWanted, this, [this] { chooseFolder(false); });
    connect(m_welcome, &WelcomePage::recentChosen, this, [this](const QString &folder) { attach(folder, m_readOnlyWanted); });
    connect(m_actions->closeStore, &QAction::triggered, this, [this] {
        m_jobActions->flush();
        m_connection.detach();
    });
    connect(m_actions->places, &QMenu::aboutToShow, this, &MainWindow::showPlaces);
    connect(m_actions->exportCsv, &QAction::triggered, this, &MainWindow::exportCsv);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->copy, &QAction::triggered, this, &MainWindow::copyRows);
    connect(m_actions->copyId, &QAction::triggered, this, [this] {
        if (m_details->job())
            QApplication::clipboard()->setText(QString::number(m_details->jobId()));
    });
    connect(m_actions->copyRefId, &QAction::triggered, this, [this] {
        if (m_details->job())
            QApplication::clipboard()->setText(m_details->job()->summary.refId);
    });
    connect(m_actions->selectAll, &QAction::triggered, this, [this] {
        if (JobsPage *jobs = jobsPage())
            jobs->selectAllMatching();
    });
    connect(m_actions->findText, &QAction::triggered, this, [this] {
        if (m_connection.isAttached())
            page()->focusFilter();
    });
    connect(m_actions->goTo, &QAction::triggered, this, &MainWindow::askForJob);
    connect(m_actions->refresh, &QAction::triggered, this, [this] {
        if (m_connection.changes())
            m_connection.changes()->tellNow();
    });
    connect(m_actions->pauseRefresh, &QAction::toggled, this, [this](bool on) {
        if (m_connection.changes())
            m_connection.changes()->setPaused(on);
        showStatus();
    });
    connect(m_actions->resetLayout, &QAction::triggered, this, [this] {
        m_settings.resetLayout();
        for (Page *pane : std::as_const(m_panes)) {
            if (auto *jobs = qobject_cast<JobsPage *>(pane))
                jobs->resetColumns();
        }
        m_details->setFloating(false);
        addDockWidget(Qt::RightDockWidgetArea, m_details);
        m_details->show();
        resizeDocks({m_details}, {detailsWidth}, Qt::Horizontal);
    });
    connect(m_actions->open, &QAction::triggered, this, [this] {
        if (JobsPage *jobs = jobsPage(); jobs && jobs->table()->currentId() > 0)
            openJob(jobs->table()->currentId());
    });
    connect(m_actions->requeue, &QAction::triggered, this, [this] {
        if (JobsPage *jobs = jobsPage())
            m_jobActions->requeue(jobs->choice(), jobs->query());
    });
    connect(m_actions->cancel, &QAction::triggered, this, [this] {
        if (JobsPage *jobs = jobsPage())
            m_jobActions->cancel(jobs->choice(), jobs->query());
    });
    connect(m_actions->requeueShown, &QAction::triggered, this, [this] { actOnShown(false); });
    connect(m_actions->cancelShown, &QAction::triggered, this, [this] { actOnShown(true); });
    connect(m_actions->showJournal, &QAction::triggered, this, [this] {
        if (QFileInfo::exists(m_journal.fileName()))
            QDesktopServices::openUrl(QUrl::fromLocalFile(m_journal.fileName()));
        else
            m_message->say(MessageStrip::Kind::Notice, tr("You have changed nothing yet. What you do is recorded in %1.").arg(m_journal.fileName()));
    });
    connect(m_actions->about, &QAction::triggered, this, [this] {
        QMessageBox::about(this, tr("About Stint Console"), tr("<b>Stint Console %1</b><br>A window on durable background jobs.<br>GPL-3.0-or-later").arg(QApplication::applicationVersion()));
    });
    connect(m_actions->themes, &QActionGroup::triggered, this, [this](const QAction *action) {
        const auto choice = theme::parse(action->data().toString()).value_or(theme::Choice::System);
        m_settings.setThemeChoice(choice);
        takeTheme(choice);
    });
    connect(m_operations, &OperationsStrip::exported, this, [this](const QString &fileName, qint64 rows) {
        m_journal.record(QStringLiteral("export"), m_connection.location(), fileName, QStringLiteral("%1 rows").arg(rows));
    });
    connect(m_details, &DetailsDock::openJob, this, &MainWindow::openJob);
    connect(m_details, &DetailsDock::jobChanged, this, &MainWindow::showActions);
}

void MainWindow::connectHost()
{
    connect(m_actions->startHost, &QAction::triggered, this, [this] { startHost(m_connection.location()); });
    connect(m_actions->stopHost, &QAction::triggered, &m_host, &LocalHost::stop);
    connect(m_welcome, &WelcomePage::hostWanted, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Start a local host in this folder"));
        if (!folder.isEmpty())
            startHost(folder);
    });
    connect(&m_host, &LocalHost::wrote, this, [this](const QList<LogLine> &lines) { m_log->model().append(lines); });
    connect(&m_host, &LocalHost::changed, this, &MainWindow::showActions);
    connect(&m_host, &LocalHost::died, this, [this](const QString &reason) {
        m_attachSoon.stop();
        m_hostMessage->say(MessageStrip::Kind::Error, reason, {{tr("Restart"), [this] { startHost(m_host.folder()); }},
                                                               {tr("Show log"), [this] { showPane(m_log->key()); }}});
    });
    m_attachSoon.setInterval(200);
    connect(&m_attachSoon, &QTimer::timeout, this, [this] {
        if (!QFileInfo::exists(m_host.folder() + QStringLiteral("/jobs.db")))
            return;
        m_attachSoon.stop();
        attach(m_host.folder());
    });
}

void MainWindow::startHost(const QString &folder)
{
    m_hostMessage->hide();
    m_host.start(folder);
    m_journal.record(QStringLiteral("startHost"), folder, folder, QString());
    if (m_connection.location() != QFileInfo(folder).absoluteFilePath() || !m_connection.isAttached())
        m_attachSoon.start();
}

void MainWindow::launch(const LaunchOptions &options)
{
    m_readOnlyWanted = options.readOnly;
    takeTheme(options.theme.value_or(m_settings.themeChoice()));
    showPane(!options.view.isEmpty() ? options.view : !m_settings.lastPane().isEmpty() ? m_settings.lastPane() : QStringLiteral("queue"));
    if (!options.folder.isEmpty())
        attach(options.folder, options.readOnly);
    if (!options.filter.isEmpty()) {
        if (JobsPage *jobs = jobsPage())
            jobs->setFilterText(options.filter);
    }
    if (options.jobId)
        openJob(*options.jobId);
}

void MainWindow::attach(const QString &folder, bool readOnly)
{
    m_jobActions->flush();
    m_connection.attach(folder, readOnly);
}

void MainWindow::showPane(const QString &key)
{
    const auto found = std::ranges::find(m_panes, key, &Page::key);
    if (found == m_panes.end())
        return;
    const int row = static_cast<int>(found - m_panes.begin());
    m_sidebar->setCurrentRow(row);
    m_paneActions[row]->setChecked(true);
    if (m_connection.isAttached())
        m_pages->setCurrentWidget(*found);
    for (Page *pane : std::as_const(m_panes))
        pane->setActive(pane == *found);
    // Panes without jobs take the whole width; a link in them brings the details back.
    const bool hide = !qobject_cast<JobsPage *>(*found) || !m_connection.isAttached();
    if (hide != m_hideDetails) {
        m_hideDetails = hide;
        m_details->setVisible(!hide);
    }
    m_settings.setLastPane(key);
    showActions();
    showStatus();
}

Page *MainWindow::page() const
{
    return m_panes[std::max(0, m_sidebar->currentRow())];
}

JobsPage *MainWindow::jobsPage() const
{
    return qobject_cast<JobsPage *>(page());
}

void MainWindow::openJob(std::int64_t id)
{
    if (m_connection.isAttaching()) {
        m_wantedJob = id;
        return;
    }
    m_details->show();
    m_details->setJob(id);
    if (JobsPage *jobs = jobsPage())
        jobs->goTo(id);
}

void MainWindow::showConnection()
{
    const bool attached = m_connection.isAttached();
    m_sidebar->setVisible(attached);
    m_pages->setCurrentWidget(attached ? static_cast<QWidget *>(page()) : m_welcome);
    if (attached) {
        m_settings.addRecent(m_connection.location());
        m_connection.changes()->setPaused(m_actions->pauseRefresh->isChecked());
    }
    const QString folder = QDir(m_connection.location()).dirName();
    setWindowTitle(attached ? tr("%1 – Stint Console").arg(folder) : tr("Stint Console"));
    setWindowFilePath(QString());
    showPane(page()->key());
    const auto wanted = m_connection.isAttaching() ? std::nullopt : std::exchange(m_wantedJob, std::nullopt);
    if (attached && wanted)
        openJob(*wanted);
}

void MainWindow::showPlaces()
{
    QMenu *menu = m_actions->places;
    menu->clear();
    menu->addActions({m_actions->attach, m_actions->attachReadOnly});
    menu->addSeparator();
    for (const QString &location : m_settings.recents())
        menu->addAction(location, this, [this, location] { attach(location, m_readOnlyWanted); });
    menu->addSeparator();
    menu->addAction(m_actions->closeStore);
}

void MainWindow::showActions()
{
    const bool attached = m_connection.isAttached();
    const bool canWrite = m_connection.canWrite();
    const QString why = m_connection.whyReadOnly();
    JobsPage *jobs = attached ? jobsPage() : nullptr;
    const JobChoice choice = jobs ? jobs->choice() : JobChoice{};

    auto allow = [&](QAction *action, bool sensible, const QString &hint, const QString &notSensible) {
        action->setEnabled(canWrite && sensible);
        action->setToolTip(!canWrite ? why : sensible ? hint : notSensible);
    };
    auto has = [&choice](std::initializer_list<JobState> states) {
        return choice.byState.isEmpty() || std::ranges::any_of(states, [&](JobState state) { return choice.byState.contains(state); });
    };
    const bool some = !choice.isEmpty();
    const bool canRequeue = some && jobs->pane() != Pane::Queue && has({JobState::Completed, JobState::Failed, JobState::Cancelled});
    const bool canCancel = some && (jobs->pane() == Pane::Queue || jobs->pane() == Pane::All)
        && has({JobState::Queued, JobState::Started, JobState::Executed});
    allow(m_actions->requeue, canRequeue, tr("Run the chosen jobs again (R)"), some ? tr("Only finished jobs can be requeued.") : tr("Choose jobs first."));
    allow(m_actions->cancel, canCancel, tr("Cancel the chosen jobs (Del)"), some ? tr("These jobs are finished already.") : tr("Choose jobs first."));

    const JobResult *shown = m_details->job();
    const bool shownFinished = shown && isFinished(shown->summary.state);
    allow(m_actions->requeueShown, shownFinished, tr("Run this job again"), tr("Only a finished job can be requeued."));
    allow(m_actions->cancelShown, shown && !shownFinished, tr("Cancel this job"), tr("This job is finished already."));
    m_actions->requeueShown->setVisible(shownFinished);
    m_actions->cancelShown->setVisible(shown && !shownFinished);

    m_actions->open->setEnabled(some);
    m_actions->copy->setEnabled(some);
    m_actions->copyId->setEnabled(shown != nullptr);
    m_actions->copyRefId->setEnabled(shown != nullptr);
    m_actions->selectAll->setEnabled(jobs != nullptr);
    m_actions->findText->setEnabled(attached);
    m_actions->goTo->setEnabled(attached);
    m_actions->refresh->setEnabled(attached);
    m_actions->pauseRefresh->setEnabled(attached);
    m_actions->closeStore->setEnabled(attached);
    m_actions->exportCsv->setEnabled(jobs != nullptr);
    m_actions->exportCsv->setToolTip(jobs ? tr("Write every job that matches to a CSV file") : tr("Choose a pane of jobs first."));

    const bool hostHere = m_host.isRunning();
    const bool hostElsewhere = !hostHere && std::ranges::any_of(m_connection.hosts(), &HostInfo::alive);
    m_actions->startHost->setEnabled(canWrite && !hostHere && !hostElsewhere);
    m_actions->startHost->setToolTip(!canWrite ? why : hostHere ? tr("It is running.") : hostElsewhere ? tr("Another host runs the jobs of this store.") : QString());
    m_actions->stopHost->setEnabled(hostHere && !m_host.isStopping());
    m_actions->stopHost->setToolTip(hostHere ? QString() : tr("This window has started no host."));
}

void MainWindow::showStatus()
{
    if (!m_connection.isAttached()) {
        for (QLabel *label : {m_status, m_running, m_asOf})
            label->clear();
        m_pausedMessage->hide();
        return;
    }
    m_status->setText(page()->statusText());
    if (const auto &counts = m_connection.counts()) {
        m_running->setText(tr("%1 queued · %2 running")
                               .arg(displaytext::count(counts->queued, counts->queuedIsExact), displaytext::count(counts->running)));
    }
    const bool paused = m_actions->pauseRefresh->isChecked();
    const QString now = QTime::currentTime().toString(u"HH:mm:ss");
    if (!paused) {
        m_asOf->setText(tr("as of %1").arg(now));
        m_pausedMessage->hide();
    } else if (m_pausedMessage->isHidden()) {
        m_pausedMessage->say(MessageStrip::Kind::Notice, tr("Refresh is paused: shown as of %1.").arg(now),
                             {{tr("Resume"), [this] { m_actions->pauseRefresh->setChecked(false); }}}, false);
    }
    showActions();
}

void MainWindow::showCounts()
{
    for (int row = 0; row < m_panes.size(); ++row) {
        const QString count = m_connection.isAttached() ? m_counts.text(m_panes[row]->key()) : QString();
        m_sidebar->setCount(row, count);
        m_sidebar->setAlarming(row, m_panes[row]->key() == QStringLiteral("failed") && !count.isEmpty() && count != QStringLiteral("0"));
    }
}

void MainWindow::showJobMenu(const QPoint &where)
{
    QMenu menu(this);
    menu.setToolTipsVisible(true);
    menu.addActions({m_actions->open, m_actions->requeue});
    menu.addSeparator();
    menu.addAction(m_actions->cancel);
    menu.addSeparator();
    menu.addActions({m_actions->copy, m_actions->copyId, m_actions->copyRefId});
    JobsPage *jobs = jobsPage();
    const QModelIndex cell = jobs->table()->currentIndex();
    const QString value = cell.data().toString();
    if (!value.isEmpty()) {
        menu.addSeparator();
        menu.addAction(tr("Filter by “%1”").arg(fontMetrics().elidedText(value, Qt::ElideRight, 240)), this, [jobs, value] { jobs->setFilterText(value); });
    }
    menu.addSeparator();
    menu.addActions({m_actions->selectAll, m_actions->exportCsv});
    menu.exec(where);
}

void MainWindow::takeTheme(theme::Choice choice)
{
    theme::apply(choice);
    for (QAction *action : m_actions->themes->actions())
        action->setChecked(action->data().toString() == theme::toText(choice));
    m_actions->paintIcons();
}

void MainWindow::chooseFolder(bool readOnly)
{
    const QString folder = QFileDialog::getExistingDirectory(this, readOnly ? tr("Attach a folder read-only") : tr("Attach a folder"),
                                                             m_settings.recents().value(0));
    if (!folder.isEmpty())
        attach(folder, readOnly || m_readOnlyWanted);
}

void MainWindow::exportCsv()
{
    JobsPage *jobs = jobsPage();
    if (!jobs || !m_connection.isAttached())
        return;
    const QString fileName = QFileDialog::getSaveFileName(this, tr("Export every job that matches"), jobs->key() + QStringLiteral(".csv"), tr("CSV files (*.csv)"));
    if (fileName.isEmpty())
        return;
    JobExport what;
    what.pane = jobs->pane();
    what.month = jobs->query().month;
    what.filter = jobs->query().filter;
    m_operations->add(new ExportOperation(m_connection.store(), what, fileName));
}

void MainWindow::askForJob()
{
    const QString text = QInputDialog::getText(this, tr("Go to a job"), tr("Id or RefId:")).trimmed();
    if (text.isEmpty())
        return;
    bool isId = false;
    const qlonglong id = text.toLongLong(&isId);
    if (isId) {
        showPane(m_all->key());
        openJob(id);
        return;
    }
    m_lookup.read(
        StoreReader::Running::Stop, [store = m_connection.store(), text](const std::stop_token &) { return store->find(text); },
        [this, text](const Result<std::optional<JobResult>> &found) {
            if (found && *found) {
                showPane(m_all->key());
                openJob((*found)->summary.id);
            } else {
                m_message->say(MessageStrip::Kind::Notice, found ? tr("There is no job with the RefId %1.").arg(text) : found.error().message);
            }
        });
}

void MainWindow::copyRows()
{
    if (JobsPage *jobs = jobsPage())
        QApplication::clipboard()->setText(jobs->table()->selectedText());
}

void MainWindow::actOnShown(bool cancel)
{
    const JobResult *shown = m_details->job();
    if (!shown)
        return;
    JobChoice choice;
    choice.selection.ids = {shown->summary.id};
    choice.count = 1;
    choice.byState = {{shown->summary.state, 1}};
    const JobQuery query{.pane = Pane::All, .month = {}, .filter = {}, .beforeId = {}, .afterId = {}};
    if (cancel)
        m_jobActions->cancel(choice, query);
    else
        m_jobActions->requeue(choice, query);
}

bool MainWindow::isSettled() const
{
    if (m_connection.isAttaching())
        return false;
    if (!m_connection.isAttached())
        return true;
    return page()->isSettled() && m_details->isSettled() && m_connection.counts() && m_counts.isSettled();
}

void MainWindow::restoreWindow()
{
    resize(defaultSize);
    if (!restoreGeometry(m_settings.windowGeometry()) || !screen()->availableVirtualGeometry().intersects(frameGeometry()))
        resize(defaultSize);
    if (!restoreState(m_settings.windowState()))
        resizeDocks({m_details}, {detailsWidth}, Qt::Horizontal);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_host.isRunning() && m_connection.counts() && m_connection.counts()->running > 0
        && QMessageBox::question(this, tr("Stop the local host?"), tr("Jobs that it runs now: %1. They are asked to stop and run again with the next host.").arg(m_connection.counts()->running),
                                 QMessageBox::Close | QMessageBox::Cancel, QMessageBox::Cancel) != QMessageBox::Close) {
        event->ignore();
        return;
    }
    m_jobActions->flush();
    m_settings.setWindow(saveGeometry(), saveState());
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_actions->paintIcons();
}

} // namespace stint
