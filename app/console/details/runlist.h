// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/runpreview.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTreeWidget;

namespace stint {

/// The next runs of a scheduled task on each clock, or why there are none. GUI thread.
class RunList final : public QWidget
{
    Q_OBJECT

public:
    explicit RunList(QWidget *parent = nullptr);

    /// Keeps what is there if nothing has changed. `zone` is that of the schedule; null: UTC. Of what is `paused` it is
    /// told when it would run.
    void setPreview(const RunPreview &preview, const QString &zone, bool paused = false);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill();

    RunPreview m_preview;
    QString m_zone;
    QLabel *m_title;
    QStackedWidget *m_stack;
    QTreeWidget *m_table;
    QLabel *m_nothing;
};

} // namespace stint
