// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/pages/page.h"
#include "engine/result.h"
#include "models/storereader.h"

class QAbstractItemModel;
class QStackedWidget;
class QTableView;
class QVBoxLayout;

namespace stint {

class MessageStrip;
class Placeholder;
class RowDelegate;

/// A pane of a short list that is read whole. GUI thread.
class ListPage : public Page
{
    Q_OBJECT

public:
    ListPage(QString key, QString title, QString icon, Connection &connection, QWidget *parent = nullptr);

    [[nodiscard]] QTableView *table() const { return m_table; }
    void focusTable() override;
    [[nodiscard]] bool isSettled() const override { return m_settled; }
    [[nodiscard]] QString countText() const override;

protected:
    /// To be called once by the constructor of the page whose member `model` is; that page's destructor deletes the
    /// table first.
    void setModel(QAbstractItemModel *model);
    /// What the pane says when the list is empty.
    void setEmptiness(const QString &headline, const QString &text);
    /// What countText() says of one row, and of more, with %1.
    void setNoun(const QString &one, const QString &many);
    void connectStore() override;
    /// To be called with the outcome of each read, after the rows were set.
    void showOutcome(const std::optional<Error> &error);
    [[nodiscard]] StoreReader &reader() { return m_reader; }
    [[nodiscard]] RowDelegate *delegate() const { return m_delegate; }
    [[nodiscard]] QVBoxLayout *body() const { return m_body; }
    [[nodiscard]] QStackedWidget *stack() const { return m_stack; }
    virtual void clearRows() = 0;
    /// Enter or a double click: opens the job that the row names.
    virtual void activate(const QModelIndex &index);

private:
    QAbstractItemModel *m_model = nullptr;
    QString m_emptyHeadline;
    QString m_emptyText;
    QString m_one;
    QString m_many;
    RowDelegate *m_delegate;
    QVBoxLayout *m_body;
    MessageStrip *m_strip;
    QStackedWidget *m_stack;
    QTableView *m_table;
    Placeholder *m_placeholder;
    bool m_settled = false;
    std::optional<qint64> m_lastRead;
    StoreReader m_reader;
};

} // namespace stint
