// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/bodyview.h"

#include "app/console/delegates/rowdelegate.h"
#include "app/console/details/fulltext.h"
#include "app/console/messagestrip.h"
#include "app/console/theme.h"
#include "models/displaytext.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSaveFile>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace stint {

BodyView::BodyView(const QString &what, QWidget *parent)
    : QWidget(parent)
    , m_what(what)
    , m_title(new QLabel(this))
    , m_raw(new QToolButton(this))
    , m_copy(new QToolButton(this))
    , m_save(new QToolButton(this))
    , m_strip(new MessageStrip(this))
    , m_stack(new QStackedWidget(this))
    , m_tree(new QTreeView(m_stack))
    , m_text(new QPlainTextEdit(m_stack))
    , m_nothing(new QLabel(m_stack))
    , m_value(nullptr)
{
    m_raw->setText(tr("Raw text"));
    m_raw->setCheckable(true);
    m_raw->setToolTip(tr("Shows the text byte for byte instead of the tree"));
    m_copy->setText(tr("Copy"));
    m_save->setText(tr("Save as…"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(10, 6, 6, 6);
    bar->setSpacing(4);
    bar->addWidget(m_title, 1);
    bar->addWidget(m_raw);
    bar->addWidget(m_copy);
    bar->addWidget(m_save);

    m_tree->setModel(&m_model);
    m_value = new FullText(m_tree, 1, this);
    m_tree->setAccessibleName(m_what);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setItemDelegate(new RowDelegate(this));
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setIndentation(14);
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->resizeSection(0, 150);
    m_text->setReadOnly(true);
    m_text->setObjectName(QStringLiteral("rawText"));
    m_text->setAccessibleName(m_what);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setAutoFillBackground(true);
    m_nothing->setBackgroundRole(QPalette::Base);
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_text);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_strip);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_value);
    connect(m_raw, &QToolButton::toggled, this, &BodyView::showRaw);
    connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(m_body)); });
    connect(m_save, &QToolButton::clicked, this, &BodyView::saveAs);
    setBody({}, {});
}

void BodyView::setBody(const QString &typeName, const QByteArray &body)
{
    if (body == m_body && typeName == m_typeName && !m_title->text().isEmpty())
        return;
    m_typeName = typeName;
    m_body = body;
    m_title->setText(m_typeName.isEmpty() ? m_what : m_typeName);
    m_title->setToolTip(displaytext::byteSize(m_body.size()));
    m_nothing->setText(tr("There is no %1.").arg(m_what.toLower()));
    for (QToolButton *button : {m_raw, m_copy, m_save})
        button->setVisible(!m_body.isEmpty());
    showBody(false);
}

void BodyView::showBody(bool whole)
{
    const bool isCut = !whole && m_body.size() > cut;
    if (isCut) {
        m_strip->say(MessageStrip::Kind::Notice,
                     tr("The first %1 of %2").arg(displaytext::byteSize(cut), displaytext::byteSize(m_body.size())),
                     {{tr("Show all"), [this] { showBody(true); }}, {tr("Save as…"), [this] { saveAs(); }}}, false);
    } else {
        m_strip->hide();
    }
    m_isTree = !isCut && m_model.setJson(m_body) && m_model.rowCount() > 0;
    if (m_isTree)
        m_tree->expandToDepth(1);
    m_text->setPlainText(QString::fromUtf8(isCut ? m_body.left(cut) : m_body));
    m_raw->setEnabled(m_isTree);
    m_raw->setToolTip(m_isTree ? tr("Shows the text byte for byte instead of the tree")
                               : tr("It is shown as text: no tree can be made of it"));
    showRaw(m_raw->isChecked());
}

void BodyView::showRaw(bool raw)
{
    if (raw)
        m_value->hide();
    m_stack->setCurrentWidget(m_body.isEmpty()       ? static_cast<QWidget *>(m_nothing)
                                  : m_isTree && !raw ? static_cast<QWidget *>(m_tree)
                                                     : m_text);
}

void BodyView::saveAs()
{
    const QString fileName
        = QFileDialog::getSaveFileName(this, tr("Save the %1").arg(m_what.toLower()), m_typeName + QStringLiteral(".json"));
    if (fileName.isEmpty())
        return;
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly) || file.write(m_body) != m_body.size() || !file.commit())
        m_strip->say(MessageStrip::Kind::Error, tr("%1 cannot be written: %2").arg(fileName, file.errorString()));
}

} // namespace stint
