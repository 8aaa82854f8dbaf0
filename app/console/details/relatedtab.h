// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/details/jobdetails.h"

#include <QWidget>

class QStackedWidget;
class QTreeWidget;
class QTreeWidgetItem;

namespace stint {

/// The jobs that a job has to do with: parent, the one it waits for, its children, dependents and batch. GUI thread.
class RelatedTab final : public QWidget
{
    Q_OBJECT

public:
    explicit RelatedTab(QWidget *parent = nullptr);
    void setDetails(const JobDetails &details);
    [[nodiscard]] int count() const { return m_count; }

Q_SIGNALS:
    void openJob(qint64 id);

private:
    void addGroup(const QString &title, const QList<JobSummary> &jobs);

    QList<QPair<std::int64_t, JobState>> m_shown;
    int m_count = 0;
    QStackedWidget *m_stack;
    QTreeWidget *m_tree;
};

} // namespace stint
