// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/pages/page.h"
#include "models/logmodel.h"

#include <QSortFilterProxyModel>

class QComboBox;
class QLineEdit;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace stint {

class MessageStrip;
class Placeholder;
class Settings;

/// Lines of a log that hold a text and are loud enough. GUI thread.
class LogFilterModel final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setWanted(const QString &text, LogLevel least);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_text;
    LogLevel m_least = LogLevel::Debug;
};

/// The log of all jobs as it is written, with the output of a host that this window has started. GUI thread.
class LogPage final : public Page
{
    Q_OBJECT

public:
    LogPage(Connection &connection, Settings &settings, QWidget *parent = nullptr);
    ~LogPage() override;

    [[nodiscard]] LogModel &model() { return m_model; }
    void setFollowing(bool follow);

    void refresh() override;
    void focusTable() override;
    void focusFilter() override;
    [[nodiscard]] bool isSettled() const override;
    [[nodiscard]] QString countText() const override;

protected:
    void connectStore() override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showStatus();
    void applyFilter();

    LogModel m_model;
    LogFilterModel m_lines;
    QLineEdit *m_text;
    QComboBox *m_level;
    QToolButton *m_follow;
    MessageStrip *m_strip;
    QStackedWidget *m_stack;
    QTableView *m_table;
    Placeholder *m_placeholder;
};

} // namespace stint
