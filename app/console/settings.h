// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/theme.h"

#include <QByteArray>
#include <QSettings>
#include <QStringList>

namespace stint {

/// A column of a saved table layout.
struct ColumnLayout {
    QString key;
    int width = 0;
};

/// What the console remembers, in one INI file that is written on every change. GUI thread.
class Settings final
{
public:
    /// Empty: the user's own file.
    explicit Settings(const QString &fileName = {});

    /// The folder for the journal: beside the file, or the user's own.
    [[nodiscard]] QString stateFolder() const;

    [[nodiscard]] QStringList recents() const;
    void addRecent(const QString &location);
    void removeRecent(const QString &location);

    [[nodiscard]] theme::Choice themeChoice() const;
    void setThemeChoice(theme::Choice choice);

    /// Shown columns of a table, left to right; empty: the default.
    [[nodiscard]] QList<ColumnLayout> columns(const QString &table) const;
    void setColumns(const QString &table, const QList<ColumnLayout> &columns);

    [[nodiscard]] QByteArray windowGeometry() const;
    [[nodiscard]] QByteArray windowState() const;
    void setWindow(const QByteArray &geometry, const QByteArray &state);
    [[nodiscard]] QString lastPane() const;
    void setLastPane(const QString &pane);
    /// Forgets window and tables, not the recents.
    void resetLayout();

private:
    [[nodiscard]] static QString ownFile();

    bool m_isOwn;
    QSettings m_file;
};

} // namespace stint
