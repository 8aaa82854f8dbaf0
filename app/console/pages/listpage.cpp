// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/listpage.h"

#include "app/console/connection.h"
#include "app/console/delegates/rowdelegate.h"
#include "app/console/messagestrip.h"
#include "app/console/pages/placeholder.h"
#include "app/console/pages/tablelooks.h"
#include "models/displaytext.h"

#include <QDateTime>
#include <QHeaderView>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace stint {

ListPage::ListPage(QString key, QString title, QString icon, Connection &connection, QWidget *parent)
    : Page(std::move(key), std::move(title), std::move(icon), connection, parent)
    , m_delegate(new RowDelegate(this))
    , m_body(new QVBoxLayout(this))
    , m_strip(new MessageStrip(this))
    , m_stack(new QStackedWidget(this))
    , m_table(new QTableView(m_stack))
    , m_placeholder(new Placeholder(m_stack))
{
    m_table->setObjectName(this->key() + QStringLiteral("Table"));
    m_table->setAccessibleName(this->title());
    m_stack->addWidget(m_placeholder);
    m_stack->addWidget(m_table);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
    m_body->addWidget(m_strip);
    m_body->addWidget(m_stack, 1);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) { activate(index); });
    connect(m_placeholder, &Placeholder::acted, this, [this] { refresh(); });
    m_placeholder->say(iconName(), tr("No store is attached"), {});
}

void ListPage::setModel(QAbstractItemModel *model)
{
    m_model = model;
    m_table->setModel(model);
    setUpTable(m_table, m_delegate);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
}

void ListPage::activate(const QModelIndex &index)
{
    if (const qint64 job = jobNamedIn(index); job > 0)
        Q_EMIT openJob(job);
}

void ListPage::setEmptiness(const QString &headline, const QString &text)
{
    m_emptyHeadline = headline;
    m_emptyText = text;
}

void ListPage::setNoun(const QString &one, const QString &many)
{
    m_one = one;
    m_many = many;
}

void ListPage::connectStore()
{
    m_reader.cancel();
    clearRows();
    m_strip->hide();
    m_settled = false;
    m_stack->setCurrentWidget(m_placeholder);
    if (!connection().isAttached()) {
        m_placeholder->say(iconName(), tr("No store is attached"), {});
        return;
    }
    m_placeholder->say(QStringLiteral("hourglass"), tr("Reading…"), connection().location());
    refresh();
}

void ListPage::showOutcome(const std::optional<Error> &error)
{
    m_settled = true;
    const bool hasRows = m_model->rowCount() > 0;
    m_stack->setCurrentWidget(hasRows ? static_cast<QWidget *>(m_table) : m_placeholder);
    if (!error) {
        m_lastRead = QDateTime::currentMSecsSinceEpoch();
        m_strip->hide();
        m_placeholder->say(QStringLiteral("empty"), m_emptyHeadline, m_emptyText);
    } else if (hasRows) {
        const QString since = m_lastRead ? QDateTime::fromMSecsSinceEpoch(*m_lastRead).toString(u"HH:mm:ss") : QString();
        m_strip->say(MessageStrip::Kind::Error, tr("%1 Shown as of %2.").arg(displaytext::errorText(*error), since),
                     {{tr("Retry"), [this] { refresh(); }}}, false);
    } else {
        m_placeholder->say(QStringLiteral("warning"), displaytext::errorHeadline(error->code), error->message, tr("Retry"));
    }
    Q_EMIT statusChanged();
}

void ListPage::focusTable()
{
    m_table->setFocus();
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0));
}

QString ListPage::countText() const
{
    if (!m_settled)
        return {};
    return m_model->rowCount() == 1 ? m_one : m_many.arg(displaytext::count(m_model->rowCount()));
}

} // namespace stint
