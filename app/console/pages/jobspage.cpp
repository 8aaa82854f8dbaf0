// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/jobspage.h"

#include "app/console/connection.h"
#include "app/console/messagestrip.h"
#include "app/console/pages/filterbar.h"
#include "app/console/pages/jobtableview.h"
#include "app/console/pages/placeholder.h"
#include "app/console/pages/tablelayout.h"
#include "engine/clock.h"
#include "models/displaytext.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace stint {

namespace {

constexpr std::int64_t countLimit = 10'000;
constexpr qint64 countInterval = 5'000; ///< ms from one count to the next

int widthOf(JobColumn column)
{
    switch (column) {
    case JobColumn::State: return 100;
    case JobColumn::Id:
    case JobColumn::Parent: return 58;
    case JobColumn::Name: return 114;
    case JobColumn::Progress: return 130;
    case JobColumn::Duration:
    case JobColumn::Waited: return 76;
    case JobColumn::ErrorCode: return 150;
    case JobColumn::ErrorMessage: return 150;
    case JobColumn::Attempts: return 48;
    case JobColumn::Worker:
    case JobColumn::Tag: return 68;
    case JobColumn::Created:
    case JobColumn::RunAfter:
    case JobColumn::Started:
    case JobColumn::Ended:
    case JobColumn::Notified:
    case JobColumn::LastActivity: return 138;
    case JobColumn::RefId: return 240;
    case JobColumn::ReplyTo: return 200;
    default: return 104;
    }
}

QList<TableLayout::Column> columnsOf(Pane pane)
{
    QList<JobColumn> order = jobcolumns::defaults(pane);
    const qsizetype shown = order.size();
    for (const JobColumn column : jobcolumns::available(pane)) {
        if (!order.contains(column))
            order.append(column);
    }
    QList<TableLayout::Column> columns;
    for (qsizetype place = 0; place < order.size(); ++place) {
        columns.append({static_cast<int>(order[place]), jobcolumns::key(order[place]), widthOf(order[place]), place < shown});
    }
    return columns;
}

int flexibleOf(Pane pane)
{
    switch (pane) {
    case Pane::Queue: return static_cast<int>(JobColumn::Progress);
    case Pane::Completed: return static_cast<int>(JobColumn::Name);
    case Pane::All:
    case Pane::Failed: break;
    }
    return static_cast<int>(JobColumn::ErrorMessage);
}

} // namespace

JobsPage::JobsPage(QString key, QString icon, Pane pane, Emptiness emptiness, Connection &connection, Settings &settings, QWidget *parent)
    : Page(std::move(key), displaytext::paneTitle(pane), std::move(icon), connection, parent)
    , m_emptiness(std::move(emptiness))
    , m_model(pane)
    , m_filter(new FilterBar(pane == Pane::Completed || pane == Pane::Failed, this))
    , m_strip(new MessageStrip(this))
    , m_stack(new QStackedWidget(this))
    , m_table(new JobTableView(&m_model, m_stack))
    , m_placeholder(new Placeholder(m_stack))
{
    m_table->setObjectName(this->key() + QStringLiteral("Table"));
    m_table->setAccessibleName(title());
    m_layout = new TableLayout(this->key(), m_table, columnsOf(pane), flexibleOf(pane), settings);
    m_stack->addWidget(m_placeholder);
    m_stack->addWidget(m_table);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_filter);
    layout->addWidget(m_strip);
    layout->addWidget(m_stack, 1);

    connect(m_filter, &FilterBar::textChanged, this, &JobsPage::applyFilter);
    connect(m_filter, &FilterBar::monthChanged, this, [this] {
        m_model.setMonth(m_filter->month());
        m_counted.invalidate();
    });
    connect(m_filter, &FilterBar::left, this, &JobsPage::focusTable);
    connect(m_layout, &TableLayout::shownChanged, this, &JobsPage::applyFilter);
    connect(&m_model, &JobTableModel::statusChanged, this, &JobsPage::showStatus);
    connect(&m_counter, &MatchCounter::changed, this, &JobsPage::showStatus);
    connect(m_table, &JobTableView::opened, this, &Page::openJob);
    connect(m_table, &JobTableView::selectionMoved, this, &JobsPage::choiceChanged);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &now) { Q_EMIT currentJobChanged(now.isValid() ? m_model.idAt(now.row()) : 0); });
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &where) { Q_EMIT contextMenuWanted(m_table->viewport()->mapToGlobal(where)); });
    connect(m_placeholder, &Placeholder::acted, this, [this] {
        if (m_model.status() == JobTableModel::Status::Failed)
            refresh();
        else if (!m_model.query().filter.isEmpty() || m_model.query().month)
            clearFilter();
        else
            Q_EMIT nextStep();
    });
    showStatus();
}

JobsPage::~JobsPage()
{
    delete m_table; // before its model
}

void JobsPage::connectStore()
{
    m_counter.cancel();
    m_counted.invalidate();
    m_model.setStore(connection().store());
    readMonths();
}

void JobsPage::refresh()
{
    m_model.refresh();
    if (m_model.pane() == Pane::Completed || m_model.pane() == Pane::Failed)
        readMonths();
}

void JobsPage::readMonths()
{
    if (!connection().isAttached())
        return;
    m_monthReader.read(
        StoreReader::Running::Keep, [store = connection().store()](const std::stop_token &) { return store->months(); },
        [this](Result<QList<YearMonth>> months) {
            if (months)
                m_filter->setMonths(*months);
        });
}

JobFilter JobsPage::filter() const
{
    JobFilter filter;
    filter.text = m_filter->text();
    if (filter.text.isEmpty())
        return filter;
    QList<JobColumn> shown;
    for (const int section : m_layout->shown())
        shown.append(static_cast<JobColumn>(section));
    filter.textColumns = jobcolumns::searched(m_model.pane(), shown);
    return filter;
}

void JobsPage::applyFilter()
{
    m_counted.invalidate();
    m_model.setFilter(filter());
}

void JobsPage::setFilterText(const QString &text)
{
    m_filter->setText(text);
}

QString JobsPage::filterText() const
{
    return m_filter->text();
}

void JobsPage::clearFilter()
{
    m_filter->clear();
    applyFilter();
}

void JobsPage::goTo(std::int64_t id)
{
    m_wanted = m_table->goTo(id) ? std::nullopt : std::optional(id);
}

void JobsPage::resetColumns()
{
    m_layout->reset();
}

void JobsPage::selectAllMatching()
{
    m_table->selectAllMatching();
}

JobChoice JobsPage::choice() const
{
    JobChoice choice;
    if (m_table->isAllMatching()) {
        choice.selection.filter = m_model.query().filter;
        choice.selection.month = m_model.query().month;
        choice.countIsExact = m_model.isComplete() || m_counter.count().exact;
        choice.count = m_model.isComplete() ? m_model.rowCount() : m_counter.count().total;
        return choice;
    }
    choice.selection.ids = m_table->selectedIds();
    choice.count = choice.selection.ids.size();
    for (const std::int64_t id : choice.selection.ids) {
        if (const Job *job = m_model.job(m_model.rowOf(id)))
            ++choice.byState[job->state];
    }
    return choice;
}

void JobsPage::countMatches()
{
    if (m_model.isComplete() || (m_counted.isValid() && m_counted.elapsed() < countInterval))
        return;
    m_counted.start();
    m_counter.start(connection().store(), m_model.query(), countLimit);
}

void JobsPage::showStatus()
{
    const auto status = m_model.status();
    const bool hasRows = m_model.rowCount() > 0;
    const bool isFiltered = !m_model.query().filter.isEmpty() || m_model.query().month;
    m_stack->setCurrentWidget(hasRows ? static_cast<QWidget *>(m_table) : m_placeholder);

    if (status == JobTableModel::Status::Failed && hasRows) {
        m_strip->say(MessageStrip::Kind::Error,
                     tr("%1 Shown as of %2.")
                         .arg(displaytext::errorText(m_model.error()), displaytext::shortTime(m_model.lastRead(), SystemClock().now())),
                     {{tr("Retry"), [this] { refresh(); }}}, false);
    } else if (!m_model.problems().isEmpty()) {
        m_strip->say(MessageStrip::Kind::Error, tr("Not everything could be read: %1").arg(m_model.problems().join(QStringLiteral("; "))),
                     {{tr("Retry"), [this] { refresh(); }}}, false);
    } else {
        m_strip->hide();
    }

    if (status == JobTableModel::Status::Detached)
        m_placeholder->say(iconName(), tr("No store is attached"), {});
    else if (status == JobTableModel::Status::Loading)
        m_placeholder->say(QStringLiteral("hourglass"), tr("Reading jobs…"), connection().location());
    else if (status == JobTableModel::Status::Failed)
        m_placeholder->say(QStringLiteral("warning"), displaytext::errorHeadline(m_model.error().code), m_model.error().message,
                           tr("Retry"));
    else if (isFiltered && !m_filter->text().isEmpty())
        m_placeholder->say(QStringLiteral("search"), tr("No job matches “%1”").arg(m_filter->text()),
                           tr("The text is looked for in the shown columns of every job of this pane, in any case."), tr("Clear filter"));
    else if (isFiltered)
        m_placeholder->say(QStringLiteral("search"), tr("No job in this month"), tr("The archive has other months."),
                           tr("Show all months"));
    else
        m_placeholder->say(QStringLiteral("empty"), m_emptiness.headline, m_emptiness.text, m_emptiness.nextStep);

    if (status == JobTableModel::Status::Ready) {
        countMatches();
        if (m_wanted)
            goTo(*std::exchange(m_wanted, std::nullopt));
    }
    m_filter->setCount(countText());
    Q_EMIT statusChanged();
    Q_EMIT choiceChanged();
}

QString JobsPage::countText() const
{
    if (m_model.status() == JobTableModel::Status::Detached || m_model.status() == JobTableModel::Status::Loading)
        return {};
    if (m_model.status() == JobTableModel::Status::Failed && m_model.rowCount() == 0)
        return {};
    const bool exact = m_model.isComplete() || m_counter.count().exact;
    const std::int64_t number
        = m_model.isComplete() ? m_model.rowCount() : std::max<std::int64_t>(m_counter.count().total, m_model.rowCount());
    const QString text = displaytext::count(number, exact);
    if (!m_filter->text().isEmpty())
        return number == 1 ? tr("1 job matches") : tr("%1 jobs match").arg(text);
    return number == 1 ? tr("1 job") : tr("%1 jobs").arg(text);
}

QString JobsPage::statusText() const
{
    if (m_table->isAllMatching()) {
        const JobChoice all = choice();
        return tr("All %1 selected").arg(displaytext::count(all.count, all.countIsExact));
    }
    const int selected = m_table->selectedRowCount();
    return selected > 1 ? tr("%1 selected of %2").arg(displaytext::count(selected), countText()) : countText();
}

std::optional<JobExport> JobsPage::exported() const
{
    JobExport what;
    what.pane = m_model.pane();
    what.month = m_model.query().month;
    what.filter = m_model.query().filter;
    return what;
}

void JobsPage::focusTable()
{
    m_table->setFocus();
    if (!m_table->currentIndex().isValid() && m_model.rowCount() > 0)
        m_table->setCurrentIndex(m_model.index(0, m_layout->shown().constFirst()));
}

void JobsPage::focusFilter()
{
    m_filter->focusText();
}

bool JobsPage::isSettled() const
{
    const auto status = m_model.status();
    return (status == JobTableModel::Status::Ready && (m_model.isComplete() || m_counter.isFinished()))
        || status == JobTableModel::Status::Failed;
}

} // namespace stint
