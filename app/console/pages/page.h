// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/jobexport.h"

#include <QString>
#include <QWidget>

#include <cstdint>
#include <optional>

namespace stint {

class Connection;

/// A pane of the window. GUI thread.
class Page : public QWidget
{
    Q_OBJECT

public:
    /// `key` names the pane on the command line and in settings.
    Page(QString key, QString title, QString icon, Connection &connection, QWidget *parent = nullptr);

    [[nodiscard]] const QString &key() const { return m_key; }
    [[nodiscard]] const QString &title() const { return m_title; }
    [[nodiscard]] const QString &iconName() const { return m_icon; }

    /// The pane is shown: it may read. Others stay quiet until they are.
    void setActive(bool active);
    [[nodiscard]] bool isActive() const { return m_active; }
    virtual void refresh() = 0;
    virtual void focusTable() = 0;
    virtual void focusFilter() { focusTable(); }
    /// Nothing that it was asked to show is still being read.
    [[nodiscard]] virtual bool isSettled() const = 0;
    /// How many rows there are, for people; empty where it is not known.
    [[nodiscard]] virtual QString countText() const { return {}; }
    /// What an export of the pane writes; nothing: it has no rows that are kept.
    [[nodiscard]] virtual std::optional<JobExport> exported() const { return {}; }
    /// What stands in the status bar.
    [[nodiscard]] virtual QString statusText() const { return countText(); }

Q_SIGNALS:
    void openJob(qint64 id);
    /// countText() or statusText() is another.
    void statusChanged();
    /// The operator took the next step that the empty pane offers.
    void nextStep();

protected:
    /// Takes the connection's store, or lets go of it.
    virtual void connectStore() = 0;
    [[nodiscard]] Connection &connection() const { return m_connection; }

private:
    void update();

    QString m_key;
    QString m_title;
    QString m_icon;
    Connection &m_connection;
    bool m_active = false;
    bool m_dueStore = true;
    bool m_dueRefresh = false;
};

} // namespace stint
