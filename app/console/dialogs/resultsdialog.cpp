// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/dialogs/resultsdialog.h"

#include "app/console/delegates/rowdelegate.h"
#include "app/console/pages/tablelooks.h"
#include "models/displaytext.h"
#include "models/modelroles.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QTableView>
#include <QVBoxLayout>

namespace stint {

ResultsDialog::ResultsDialog(const QString &title, QList<ActionResult> results, QWidget *parent)
    : QDialog(parent)
    , m_model(std::move(results))
    , m_table(new QTableView(this))
{
    setObjectName(QStringLiteral("resultsDialog"));
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    resize(720, 460);
    auto *headline = new QLabel(title, this);
    headline->setWordWrap(true);
    auto *only = new QCheckBox(tr("Only what was refused (%1)").arg(displaytext::count(m_model.refusedCount())), this);
    connect(only, &QCheckBox::toggled, &m_model, &ActionResultModel::setOnlyRefused);
    only->setEnabled(m_model.refusedCount() > 0);
    only->setChecked(m_model.refusedCount() > 0);

    m_table->setModel(&m_model);
    auto *delegate = new RowDelegate(this);
    delegate->setStateColumn(static_cast<int>(ActionResultModel::Column::Outcome));
    setUpTable(m_table, delegate);
    m_table->setAccessibleName(tr("What became of each job"));
    m_table->setColumnWidth(static_cast<int>(ActionResultModel::Column::Id), 80);
    m_table->setColumnWidth(static_cast<int>(ActionResultModel::Column::Outcome), 240);
    m_table->horizontalHeader()->setStretchLastSection(true);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) { Q_EMIT openJob(index.data(IdRole).toLongLong()); });

    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole), &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_model.toText()); });
    connect(buttons->addButton(tr("Save as…"), QDialogButtonBox::ActionRole), &QPushButton::clicked, this, &ResultsDialog::saveAs);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(headline);
    layout->addWidget(only);
    layout->addWidget(m_table, 1);
    layout->addWidget(buttons);
}

ResultsDialog::~ResultsDialog()
{
    delete m_table; // before its model
}

void ResultsDialog::saveAs()
{
    const QString fileName = QFileDialog::getSaveFileName(this, tr("Save what became of each job"), QStringLiteral("results.tsv"),
                                                          tr("Tab-separated values (*.tsv)"));
    if (fileName.isEmpty())
        return;
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly) || file.write(m_model.toText().toUtf8()) < 0 || !file.commit())
        QMessageBox::warning(this, tr("Not saved"), tr("%1 cannot be written: %2").arg(fileName, file.errorString()));
}

} // namespace stint
