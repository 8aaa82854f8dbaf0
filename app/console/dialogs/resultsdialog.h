// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/actionresultmodel.h"

#include <QDialog>

class QTableView;

namespace stint {

/// What became of each job of an action, what was refused and why first. GUI thread.
class ResultsDialog final : public QDialog
{
    Q_OBJECT

public:
    ResultsDialog(const QString &title, QList<ActionResult> results, QWidget *parent = nullptr);
    ~ResultsDialog() override;

Q_SIGNALS:
    void openJob(qint64 id);

private:
    void saveAs();

    ActionResultModel m_model;
    QTableView *m_table;
};

} // namespace stint
