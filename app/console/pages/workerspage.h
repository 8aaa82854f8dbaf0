// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/pages/listpage.h"
#include "models/workermodel.h"

class QLabel;

namespace stint {

class PlainButton;
class Settings;

/// The named workers, what each does, and the hosts that run them. GUI thread.
class WorkersPage final : public ListPage
{
    Q_OBJECT

public:
    WorkersPage(Connection &connection, Settings &settings, QWidget *parent = nullptr);
    ~WorkersPage() override;

    void refresh() override;

Q_SIGNALS:
    void pauseWanted(const QString &worker, bool paused);
    void queueWanted(const QString &worker);

protected:
    void clearRows() override;

private:
    void showButtons();
    void showHosts();

    WorkerModel m_model;
    QLabel *m_hosts;
    PlainButton *m_pause;
    PlainButton *m_queue;
};

} // namespace stint
