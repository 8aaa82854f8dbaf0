// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/relatedtab.h"

#include "app/console/delegates/rowdelegate.h"
#include "app/console/theme.h"
#include "models/displaytext.h"
#include "models/modelroles.h"

#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace stint {

RelatedTab::RelatedTab(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
    , m_tree(new QTreeWidget(m_stack))
{
    m_tree->setAccessibleName(tr("Related jobs"));
    m_tree->setHeaderLabels({tr("Job"), tr("State"), tr("Name")});
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setItemDelegate(new RowDelegate(this));
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(12);
    m_tree->header()->resizeSection(0, 130);
    m_tree->header()->resizeSection(1, 106);
    auto *nothing = new QLabel(tr("No other job has to do with this one."), m_stack);
    nothing->setAlignment(Qt::AlignCenter);
    nothing->setAutoFillBackground(true);
    nothing->setBackgroundRole(QPalette::Base);
    nothing->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(nothing);
    m_stack->addWidget(m_tree);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connect(m_tree, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem *item) {
        if (const QVariant id = item->data(0, IdRole); id.isValid())
            Q_EMIT openJob(id.toLongLong());
    });
}

void RelatedTab::setDetails(const JobDetails &details)
{
    QList<QPair<std::int64_t, JobState>> shown;
    for (const JobSummary &job : details.related)
        shown.append({job.id, job.state});
    if (shown == m_shown && details.job)
        return;
    m_shown = shown;
    m_tree->clear();
    m_count = static_cast<int>(details.related.size());
    m_stack->setCurrentIndex(m_count > 0 ? 1 : 0);
    if (!details.job)
        return;

    const JobSummary &own = details.job->summary;
    const Job *job = details.job->job();
    QList<JobSummary> parents;
    QList<JobSummary> awaited;
    QList<JobSummary> children;
    QList<JobSummary> batch;
    QList<JobSummary> others;
    for (const JobSummary &other : details.related) {
        if (own.parentId == other.id)
            parents.append(other);
        else if (job && job->dependsOn == other.id)
            awaited.append(other);
        else if (other.parentId == own.id)
            children.append(other);
        else if (!own.batchId.isEmpty() && other.batchId == own.batchId)
            batch.append(other);
        else
            others.append(other);
    }
    addGroup(tr("Parent"), parents);
    addGroup(tr("Depends on"), awaited);
    addGroup(tr("Children"), children);
    addGroup(tr("Dependents"), others);
    addGroup(tr("Batch %1").arg(own.batchId), batch);
    m_tree->expandAll();
}

void RelatedTab::addGroup(const QString &title, const QList<JobSummary> &jobs)
{
    if (jobs.isEmpty())
        return;
    auto *group = new QTreeWidgetItem(m_tree, {title});
    group->setFirstColumnSpanned(true);
    group->setForeground(0, theme::mutedText());
    for (const JobSummary &job : jobs) {
        auto *item = new QTreeWidgetItem(group, {QString::number(job.id), displaytext::stateWord(job.state), job.name()});
        item->setData(0, IdRole, static_cast<qint64>(job.id));
        item->setForeground(0, theme::linkColor());
        item->setIcon(1, theme::stateIcon(job.state));
        item->setForeground(1, theme::stateColor(job.state));
        item->setToolTip(2, job.errorMessage);
    }
}

} // namespace stint
