// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/pages/listpage.h"
#include "models/scheduledtaskmodel.h"

class QHBoxLayout;

namespace stint {

class Settings;
class TaskDetails;

/// The scheduled tasks, and all about the chosen one below them. GUI thread.
class ScheduledPage final : public ListPage
{
    Q_OBJECT

public:
    ScheduledPage(Connection &connection, Settings &settings, QWidget *parent = nullptr);
    ~ScheduledPage() override;

    /// What can be done to the chosen task, above the table and in its menu; the last is set apart.
    void setActions(QAction *add, const QList<QAction *> &others, QAction *remove);
    void refresh() override;
    [[nodiscard]] std::optional<JobExport> exported() const override;
    /// The chosen one, or null.
    [[nodiscard]] const ScheduledTask *task() const;
    [[nodiscard]] QStringList names() const;
    /// Chooses the task of that name, as soon as it is read.
    void choose(const QString &name);

Q_SIGNALS:
    /// Another task is chosen, or something about it is another.
    void currentTaskChanged();
    void editWanted();

protected:
    void clearRows() override;
    void activate(const QModelIndex &index) override;

private:
    void addButton(QAction *action);
    void openMenu(const QPoint &where);
    void showTask();

    ScheduledTaskModel m_model;
    TaskDetails *m_details;
    QHBoxLayout *m_bar;
    QList<QAction *> m_actions;
    QString m_wanted;
};

} // namespace stint
