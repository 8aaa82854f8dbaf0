// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/details/jsontreemodel.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace stint {

class FullText;
class MessageStrip;

/// A request or result: as a tree with exact numbers, and as the text it is. A large one is cut until all of it is
/// asked for. GUI thread.
class BodyView final : public QWidget
{
    Q_OBJECT

public:
    explicit BodyView(const QString &what, QWidget *parent = nullptr);

    void setBody(const QString &typeName, const QByteArray &body);

    static constexpr qsizetype cut = 128 * 1024; ///< what is shown of a larger body

private:
    void showBody(bool whole);
    void showRaw(bool raw);
    void saveAs();

    QString m_what;
    QString m_typeName;
    QByteArray m_body;
    bool m_isTree = false;
    JsonTreeModel m_model;
    QLabel *m_title;
    QToolButton *m_raw;
    QToolButton *m_copy;
    QToolButton *m_save;
    MessageStrip *m_strip;
    QStackedWidget *m_stack;
    QTreeView *m_tree;
    QPlainTextEdit *m_text;
    QLabel *m_nothing;
    FullText *m_value;
};

} // namespace stint
