// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/mainwindow.h"

#include "app/console/actionstates.h"
#include "app/console/connectionbar.h"
#include "app/console/details/detailsdock.h"
#include "app/console/exportcommand.h"
#include "app/console/helpcommands.h"
#include "app/console/hostcommands.h"
#include "app/console/jobactions.h"
#include "app/console/jobcommands.h"
#include "app/console/jobfinder.h"
#include "app/console/jobmenu.h"
#include "app/console/messagestrip.h"
#include "app/console/operationsstrip.h"
#include "app/console/pages/jobspage.h"
#include "app/console/pages/logpage.h"
#include "app/console/pages/welcomepage.h"
#include "app/console/pages/workerspage.h"
#include "app/console/panes.h"
#include "app/console/places.h"
#include "app/console/schedulecommands.h"
#include "app/console/settings.h"
#include "app/console/sidebar.h"
#include "app/console/statusline.h"
#include "app/console/viewcommands.h"
#include "app/console/windowactions.h"

#include <QAction>
#include <QCloseEvent>
#include <QDir>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace stint {

namespace {
constexpr QSize defaultSize{1500, 950};
constexpr int detailsWidth = 400; ///< at least
} // namespace

MainWindow::MainWindow(Settings &settings, QWidget *parent)
    : QMainWindow(parent)
    , m_settings(settings)
    , m_journal(settings.stateFolder())
    , m_actions(new WindowActions(this))
    , m_message(new MessageStrip(this))
    , m_hostMessage(new MessageStrip(this))
    , m_pausedMessage(new MessageStrip(this))
    , m_operations(new OperationsStrip(this))
    , m_panes(std::make_unique<Panes>(m_connection, settings, m_actions, this))
    , m_details(new DetailsDock(m_connection, this))
    , m_status(new StatusLine(m_connection, this))
    , m_places(std::make_unique<Places>(*m_actions, settings, this))
    , m_view(std::make_unique<ViewCommands>(*m_actions, m_connection, settings, m_pausedMessage))
    , m_host(std::make_unique<HostCommands>(m_connection, m_journal, m_hostMessage, this))
    , m_jobActions(std::make_unique<JobActions>(m_connection, m_journal, m_message, m_operations, this))
    , m_jobCommands(std::make_unique<JobCommands>(*m_actions, *m_panes, *m_details, *m_jobActions))
    , m_scheduleCommands(std::make_unique<ScheduleCommands>(*m_actions, m_connection, *m_panes, m_journal, m_message, this))
    , m_finder(std::make_unique<JobFinder>(m_connection, this))
    , m_export(std::make_unique<ExportCommand>(m_connection, m_journal, m_operations, this))
    , m_help(std::make_unique<HelpCommands>(*m_actions, m_journal, this))
    , m_states(std::make_unique<ActionStates>(*m_actions, m_connection, *m_panes, *m_details, m_host->host()))
{
    setWindowIcon(QIcon(QStringLiteral(":/icons/stint-console.svg")));
    makeLayout();
    connectConnection();
    connectPanes();
    connectCommands();
    restoreWindow();
    showPane(QStringLiteral("queue"));
    showConnection();
}

MainWindow::~MainWindow()
{
    // Pages and dock look at the connection while they are taken down.
    m_connection.disconnect();
    m_panes->disconnect();
    delete m_details;
}

void MainWindow::makeLayout()
{
    auto *middle = new QVBoxLayout;
    middle->setContentsMargins(0, 0, 0, 0);
    middle->setSpacing(0);
    middle->addWidget(m_hostMessage);
    middle->addWidget(m_pausedMessage);
    middle->addWidget(m_panes->stack(), 1);
    middle->addWidget(m_message);
    middle->addWidget(m_operations);
    auto *body = new QHBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    body->addWidget(m_panes->sidebar());
    body->addLayout(middle, 1);
    auto *central = new QWidget(this);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeToolBar());
    column->addLayout(body, 1);
    setCentralWidget(central);
    addDockWidget(Qt::RightDockWidgetArea, m_details);
    m_details->setActions(m_actions->requeueShown, m_actions->cancelShown);
    m_actions->fill(menuBar(), m_panes->actions(), m_details->toggleViewAction());
    setStatusBar(m_status);
}

QWidget *MainWindow::makeToolBar()
{
    auto *bar = new ConnectionBar(m_connection, m_actions->places, this);
    bar->addButton(m_actions->refresh);
    bar->addButton(m_actions->pauseRefresh);
    bar->addSeparator();
    bar->addButton(m_actions->requeue);
    bar->addSeparator();
    bar->addButton(m_actions->cancel);
    bar->addSeparator();
    bar->addButton(m_actions->exportRows);
    return bar;
}

void MainWindow::connectConnection()
{
    connect(&m_connection, &Connection::changed, this, &MainWindow::showConnection);
    connect(&m_connection, &Connection::accessChanged, this, [this] { m_states->update(); });
    connect(&m_connection, &Connection::countsChanged, this, &MainWindow::showStatus);
    connect(&m_connection, &Connection::storeChanged, this, &MainWindow::showStatus);
    connect(m_actions->closeStore, &QAction::triggered, this, [this] {
        m_jobActions->flush();
        m_connection.detach();
    });
    connect(m_places.get(), &Places::chosen, this, &MainWindow::attach);
    connect(m_host.get(), &HostCommands::storeMade, this, [this](const QString &folder) { attach(folder); });
    connect(m_host.get(), &HostCommands::changed, this, [this] { m_states->update(); });
    connect(m_host.get(), &HostCommands::logWanted, this, [this] { showPane(m_panes->log()->key()); });
    connect(m_host.get(), &HostCommands::wrote, this, [this](const QList<LogLine> &lines) { m_panes->log()->model().append(lines); });
    connect(m_actions->startHost, &QAction::triggered, this, [this] { m_host->start(m_connection.location()); });
    connect(m_actions->stopHost, &QAction::triggered, m_host.get(), &HostCommands::stop);
}

void MainWindow::connectPanes()
{
    connect(m_panes.get(), &Panes::shown, this, &MainWindow::showPaneChosen);
    connect(m_panes.get(), &Panes::statusChanged, this, &MainWindow::showStatus);
    connect(m_panes.get(), &Panes::choiceChanged, this, &MainWindow::showStatus);
    connect(m_panes.get(), &Panes::openJob, this, &MainWindow::openJob);
    connect(m_panes.get(), &Panes::currentJobChanged, m_details, &DetailsDock::setJob);
    connect(m_panes.get(), &Panes::menuWanted, this,
            [this](const QPoint &where) { JobMenu(*m_actions, m_panes->currentJobs(), this).exec(where); });
    connect(m_panes->workers(), &WorkersPage::pauseWanted, m_jobActions.get(), &JobActions::setWorkerPaused);
    connect(m_panes->welcome(), &WelcomePage::attachWanted, m_places.get(), [this] { m_places->choose(false); });
    connect(m_panes->welcome(), &WelcomePage::recentChosen, m_places.get(), &Places::go);
    connect(m_panes->welcome(), &WelcomePage::hostWanted, m_host.get(), &HostCommands::startElsewhere);
}

void MainWindow::connectCommands()
{
    connect(m_details, &DetailsDock::openJob, this, &MainWindow::openJob);
    connect(m_details, &DetailsDock::jobChanged, this, [this] { m_states->update(); });
    connect(m_details, &DetailsDock::paneWanted, this, [this](Pane pane) {
        const qint64 id = m_details->jobId();
        showPane(m_panes->jobs(pane)->key());
        openJob(id);
    });
    connect(m_jobCommands.get(), &JobCommands::openJob, this, &MainWindow::openJob);
    connect(m_jobActions.get(), &JobActions::openJob, this, &MainWindow::openJob);
    connect(m_scheduleCommands.get(), &ScheduleCommands::openJob, this, &MainWindow::openJob);
    connect(m_scheduleCommands.get(), &ScheduleCommands::aboutToAct, m_jobActions.get(), &JobActions::flush);
    connect(m_actions->goTo, &QAction::triggered, m_finder.get(), &JobFinder::ask);
    connect(m_finder.get(), &JobFinder::found, this, [this](qint64 id) {
        showPane(m_panes->jobs(Pane::All)->key());
        openJob(id);
    });
    connect(m_finder.get(), &JobFinder::notFound, this, [this](const QString &why) { m_message->say(MessageStrip::Kind::Notice, why); });
    connect(m_help.get(), &HelpCommands::nothingDone, this,
            [this](const QString &text) { m_message->say(MessageStrip::Kind::Notice, text); });
    connect(m_view.get(), &ViewCommands::pausedChanged, this, &MainWindow::showStatus);
    connect(m_actions->resetLayout, &QAction::triggered, this, &MainWindow::resetLayout);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->exportRows, &QAction::triggered, this, [this] { m_export->run(*page()); });
    connect(m_actions->findText, &QAction::triggered, this, [this] {
        if (m_connection.isAttached())
            page()->focusFilter();
    });
}

void MainWindow::launch(const LaunchOptions &options)
{
    m_places->setReadOnly(options.readOnly);
    m_view->takeTheme(options.theme.value_or(m_settings.themeChoice()));
    showPane(!options.view.isEmpty() ? options.view : !m_settings.lastPane().isEmpty() ? m_settings.lastPane() : QStringLiteral("queue"));
    if (!options.folder.isEmpty())
        attach(options.folder, options.readOnly);
    if (!options.filter.isEmpty()) {
        if (JobsPage *jobs = m_panes->currentJobs())
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
    m_panes->show(key);
}

Page *MainWindow::page() const
{
    return m_panes->current();
}

void MainWindow::showPaneChosen()
{
    // Panes without jobs take the whole width; a link in them brings the details back.
    const bool hide = !m_panes->currentJobs() || !m_connection.isAttached();
    if (hide != m_hideDetails) {
        m_hideDetails = hide;
        m_details->setVisible(!hide);
    }
    const JobsPage *jobs = m_panes->currentJobs();
    m_details->setPane(jobs ? std::optional(jobs->pane()) : std::nullopt);
    showStatus();
}

void MainWindow::openJob(std::int64_t id)
{
    if (m_connection.isAttaching()) {
        m_wantedJob = id;
        return;
    }
    m_details->show();
    m_details->setJob(id);
    if (JobsPage *jobs = m_panes->currentJobs())
        jobs->goTo(id);
}

void MainWindow::showConnection()
{
    const bool attached = m_connection.isAttached();
    if (attached)
        m_settings.addRecent(m_connection.location());
    const QString folder = QDir(m_connection.location()).dirName();
    setWindowTitle(attached ? tr("%1 – Stint Console").arg(folder) : tr("Stint Console"));
    setWindowFilePath(QString());
    m_panes->showConnection();
    const auto wanted = m_connection.isAttaching() ? std::nullopt : std::exchange(m_wantedJob, std::nullopt);
    if (attached && wanted)
        openJob(*wanted);
}

void MainWindow::showStatus()
{
    m_status->showStatus(page()->statusText(), m_view->isPaused());
    m_states->update();
}

bool MainWindow::isSettled() const
{
    if (m_connection.isAttaching())
        return false;
    return !m_connection.isAttached() || (m_panes->isSettled() && m_details->isSettled() && m_connection.counts());
}

void MainWindow::restoreWindow()
{
    resize(defaultSize);
    if (!restoreGeometry(m_settings.windowGeometry()) || !screen()->availableVirtualGeometry().intersects(frameGeometry()))
        resize(defaultSize);
    if (!restoreState(m_settings.windowState()))
        resizeDetails();
}

void MainWindow::resetLayout()
{
    m_settings.resetLayout();
    m_panes->resetColumns();
    m_details->setFloating(false);
    addDockWidget(Qt::RightDockWidgetArea, m_details);
    m_details->show();
    resizeDetails();
}

void MainWindow::resizeDetails()
{
    resizeDocks({m_details}, {std::max(detailsWidth, m_details->widthWanted())}, Qt::Horizontal);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_host->mayClose()) {
        event->ignore();
        return;
    }
    m_jobActions->finish();
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
