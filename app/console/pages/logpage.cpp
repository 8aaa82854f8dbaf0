// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/logpage.h"

#include "app/console/connection.h"
#include "app/console/delegates/rowdelegate.h"
#include "app/console/details/fulltext.h"
#include "app/console/messagestrip.h"
#include "app/console/pages/placeholder.h"
#include "app/console/pages/tablelayout.h"
#include "app/console/pages/tablelooks.h"
#include "models/displaytext.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace stint {

void LogFilterModel::setWanted(const QString &text, LogLevel least)
{
    m_text = text;
    m_least = least;
    invalidateFilter();
}

bool LogFilterModel::filterAcceptsRow(int row, const QModelIndex &) const
{
    const auto *log = static_cast<const LogModel *>(sourceModel());
    const LogLine &line = log->line(row);
    return line.level >= m_least
        && (m_text.isEmpty() || line.message.contains(m_text, Qt::CaseInsensitive) || QString::number(line.jobId) == m_text);
}

LogPage::LogPage(Connection &connection, Settings &settings, QWidget *parent)
    : Page(QStringLiteral("log"), tr("Live log"), QStringLiteral("log"), connection, parent)
    , m_text(new QLineEdit(this))
    , m_level(new QComboBox(this))
    , m_follow(new QToolButton(this))
    , m_strip(new MessageStrip(this))
    , m_stack(new QStackedWidget(this))
    , m_table(new QTableView(m_stack))
    , m_placeholder(new Placeholder(m_stack))
{
    m_lines.setSourceModel(&m_model);
    m_text->setPlaceholderText(tr("Filter: a text of the message, or a job's id"));
    m_text->setAccessibleName(tr("Filter"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaximumWidth(460);
    m_level->setAccessibleName(tr("Least level"));
    for (const LogLevel level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error})
        m_level->addItem(level == LogLevel::Debug ? tr("All levels") : tr("%1 and louder").arg(displaytext::levelWord(level)));
    m_follow->setText(tr("Follow"));
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_follow->setToolTip(tr("Keeps the newest line in sight. Scrolling up leaves it, End takes it up again."));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(6, 5, 8, 5);
    bar->setSpacing(8);
    bar->addWidget(m_text, 1);
    bar->addWidget(m_level);
    bar->addStretch(0);
    bar->addWidget(m_follow);

    auto *delegate = new RowDelegate(this);
    m_table->setObjectName(QStringLiteral("logTable"));
    m_table->setAccessibleName(title());
    m_table->setModel(&m_lines);
    setUpTable(m_table, delegate);
    m_table->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    using enum LogModel::Column;
    const QList<TableLayout::Column> columns{{static_cast<int>(Time), QStringLiteral("time"), 164},
                                             {static_cast<int>(Level), QStringLiteral("level"), 76},
                                             {static_cast<int>(Job), QStringLiteral("job"), 70},
                                             {static_cast<int>(Message), QStringLiteral("message"), 500}};
    new TableLayout(key(), m_table, columns, static_cast<int>(Message), settings);
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);

    m_stack->addWidget(m_placeholder);
    m_stack->addWidget(m_table);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_strip);
    layout->addWidget(m_stack, 1);
    layout->addWidget(new FullText(m_table, static_cast<int>(Message), this));

    connect(m_text, &QLineEdit::textChanged, this, &LogPage::applyFilter);
    connect(m_level, &QComboBox::currentIndexChanged, this, &LogPage::applyFilter);
    connect(&m_model, &LogModel::statusChanged, this, &LogPage::showStatus);
    connect(&m_lines, &QAbstractItemModel::rowsInserted, this, [this] {
        showStatus();
        if (m_follow->isChecked())
            QMetaObject::invokeMethod(m_table, &QTableView::scrollToBottom, Qt::QueuedConnection);
    });
    connect(m_follow, &QToolButton::toggled, this, [this](bool on) {
        if (on)
            m_table->scrollToBottom();
    });
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const qint64 job = jobNamedIn(index); job > 0)
            Q_EMIT openJob(job);
    });
    connect(m_placeholder, &Placeholder::acted, this, [this] {
        if (m_model.error()) {
            refresh();
        } else {
            m_text->clear();
            m_level->setCurrentIndex(0);
        }
    });
    showStatus();
}

LogPage::~LogPage()
{
    delete m_table; // before its model
}

void LogPage::setFollowing(bool follow)
{
    m_follow->setChecked(follow);
}

void LogPage::connectStore()
{
    m_model.setSource(connection().store());
}

void LogPage::refresh()
{
    m_model.refresh();
}

void LogPage::applyFilter()
{
    m_lines.setWanted(m_text->text().trimmed(), static_cast<LogLevel>(m_level->currentIndex()));
    showStatus();
}

void LogPage::showStatus()
{
    const bool hasRows = m_lines.rowCount() > 0;
    m_stack->setCurrentWidget(hasRows ? static_cast<QWidget *>(m_table) : m_placeholder);
    const auto &error = m_model.error();
    if (error && hasRows)
        m_strip->say(MessageStrip::Kind::Error, displaytext::errorText(*error), {{tr("Retry"), [this] { refresh(); }}}, false);
    else
        m_strip->hide();

    if (!connection().isAttached())
        m_placeholder->say(iconName(), tr("No store is attached"), {});
    else if (error)
        m_placeholder->say(QStringLiteral("warning"), displaytext::errorHeadline(error->code), error->message, tr("Retry"));
    else if (m_model.isLoading())
        m_placeholder->say(QStringLiteral("hourglass"), tr("Reading the log…"), connection().location());
    else if (m_model.rowCount() > 0)
        m_placeholder->say(QStringLiteral("search"), tr("No line matches"),
                           tr("Lines of other text or level: %1").arg(displaytext::count(m_model.rowCount())), tr("Clear filter"));
    else
        m_placeholder->say(QStringLiteral("log"), tr("Nothing is being logged"),
                           connection().info().ours
                               ? tr("Lines appear here as running jobs write them. The log of a finished job is among its details.")
                               : tr("This store keeps the log of a job in the job itself: see its details."));
    Q_EMIT statusChanged();
}

void LogPage::focusTable()
{
    m_table->setFocus();
}

void LogPage::focusFilter()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

bool LogPage::isSettled() const
{
    return !m_model.isLoading();
}

QString LogPage::countText() const
{
    return m_model.rowCount() > 0 ? m_lines.rowCount() == 1 ? tr("1 line") : tr("%1 lines").arg(displaytext::count(m_lines.rowCount()))
                                  : QString();
}

bool LogPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel && static_cast<QWheelEvent *>(event)->angleDelta().y() > 0)
        m_follow->setChecked(false);
    if (event->type() == QEvent::KeyPress && watched == m_table) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_PageUp || key == Qt::Key_Up || key == Qt::Key_Home)
            m_follow->setChecked(false);
        if (key == Qt::Key_End)
            m_follow->setChecked(true);
    }
    return Page::eventFilter(watched, event);
}

} // namespace stint
