// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/runlist.h"

#include "app/console/delegates/rowdelegate.h"
#include "app/console/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace stint {

namespace {

enum RunColumn { Local, Zoned, Utc, RunColumns };

} // namespace

RunList::RunList(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(tr("Next runs"), this))
    , m_stack(new QStackedWidget(this))
    , m_table(new QTreeWidget(m_stack))
    , m_nothing(new QLabel(m_stack))
{
    m_title->setContentsMargins(10, 6, 6, 6);
    m_table->setObjectName(QStringLiteral("nextRuns"));
    m_table->setAccessibleName(tr("Next runs"));
    m_table->setColumnCount(RunColumns);
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAlternatingRowColors(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegate(new RowDelegate(this));
    m_table->setIndentation(0);
    m_table->setItemsExpandable(false);
    m_table->header()->setStretchLastSection(true);
    m_table->header()->setMinimumSectionSize(40);
    m_nothing->setObjectName(QStringLiteral("noRuns"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setMargin(12);
    m_nothing->setAutoFillBackground(true);
    m_nothing->setBackgroundRole(QPalette::Base);
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(m_table);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(m_stack, 1);
}

void RunList::setPreview(const RunPreview &preview, const QString &zone, bool paused)
{
    m_title->setText(paused ? tr("Next runs, were it not paused") : tr("Next runs"));
    if (preview == m_preview && zone == m_zone && !(preview.runs.isEmpty() && preview.problem.isEmpty()))
        return;
    m_preview = preview;
    m_zone = zone;
    fill();
}

void RunList::fill()
{
    m_nothing->setText(m_preview.neverRuns ? tr("never runs") : tr("The next runs are shown here."));
    m_stack->setCurrentWidget(m_preview.runs.isEmpty() ? static_cast<QWidget *>(m_nothing) : m_table);
    m_table->clear();
    if (m_preview.runs.isEmpty())
        return;
    const bool isElsewhere = !m_preview.runs.constFirst().zoned.isEmpty();
    m_table->setHeaderLabels({tr("Local time"), tr("In %1").arg(m_zone), tr("UTC")});
    m_table->setColumnHidden(Zoned, !isElsewhere);
    for (const RunPreview::Run &run : m_preview.runs) {
        auto *row = new QTreeWidgetItem(m_table, {run.local, run.zoned, run.utc});
        if (run.note.isEmpty())
            continue;
        auto *note = new QTreeWidgetItem(row, {run.note});
        note->setFirstColumnSpanned(true);
        note->setFlags(Qt::ItemIsEnabled);
        note->setForeground(Local, theme::pausedColor());
        note->setIcon(Local, theme::icon(QStringLiteral("up"), theme::pausedColor()));
        note->setToolTip(Local, run.note);
        row->setExpanded(true);
    }
    const QFontMetrics metrics(m_table->font());
    const auto widthOf = [&metrics](const QString &text) { return metrics.horizontalAdvance(text) + 18; };
    m_table->setColumnWidth(Local, widthOf(m_preview.runs.constFirst().local) + 6);
    m_table->setColumnWidth(Zoned, std::max(widthOf(m_preview.runs.constFirst().zoned), widthOf(m_table->headerItem()->text(Zoned))));
    m_table->setColumnWidth(Utc, widthOf(m_preview.runs.constFirst().utc));
}

void RunList::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        fill();
}

} // namespace stint
