// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/settings.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

namespace stint {

using namespace Qt::StringLiterals;

namespace {
constexpr int recentLimit = 12;
constexpr int version = 1;
} // namespace

Settings::Settings(const QString &fileName)
    : m_isOwn(fileName.isEmpty())
    , m_file(m_isOwn ? ownFile() : fileName, QSettings::IniFormat)
{
    if (m_file.value("version"_L1, version).toInt() != version)
        resetLayout();
    m_file.setValue("version"_L1, version);
}

QString Settings::ownFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + "/console.ini"_L1;
}

QString Settings::stateFolder() const
{
    return m_isOwn ? QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) : QFileInfo(m_file.fileName()).absolutePath();
}

QStringList Settings::recents() const
{
    return m_file.value("recents"_L1).toStringList();
}

void Settings::addRecent(const QString &location)
{
    QStringList all = recents();
    all.removeAll(location);
    all.prepend(location);
    m_file.setValue("recents"_L1, QStringList(all.mid(0, recentLimit)));
}

void Settings::removeRecent(const QString &location)
{
    QStringList all = recents();
    all.removeAll(location);
    m_file.setValue("recents"_L1, all);
}

theme::Choice Settings::themeChoice() const
{
    return theme::parse(m_file.value("theme"_L1).toString()).value_or(theme::Choice::System);
}

void Settings::setThemeChoice(theme::Choice choice)
{
    m_file.setValue("theme"_L1, theme::toText(choice));
}

QList<ColumnLayout> Settings::columns(const QString &table) const
{
    QList<ColumnLayout> columns;
    const auto saved = QJsonDocument::fromJson(m_file.value("columns/"_L1 + table).toString().toUtf8()).array();
    for (const auto &entry : saved) {
        const QJsonObject column = entry.toObject();
        columns.append({column["name"_L1].toString(), column["width"_L1].toInt()});
    }
    return columns;
}

void Settings::setColumns(const QString &table, const QList<ColumnLayout> &columns)
{
    QJsonArray saved;
    for (const ColumnLayout &column : columns)
        saved.append(QJsonObject{{"name"_L1, column.key}, {"width"_L1, column.width}});
    m_file.setValue("columns/"_L1 + table, QString::fromUtf8(QJsonDocument(saved).toJson(QJsonDocument::Compact)));
}

QByteArray Settings::windowGeometry() const
{
    return m_file.value("window/geometry"_L1).toByteArray();
}

QByteArray Settings::windowState() const
{
    return m_file.value("window/state"_L1).toByteArray();
}

void Settings::setWindow(const QByteArray &geometry, const QByteArray &state)
{
    m_file.setValue("window/geometry"_L1, geometry);
    m_file.setValue("window/state"_L1, state);
}

QString Settings::lastPane() const
{
    return m_file.value("window/pane"_L1).toString();
}

void Settings::setLastPane(const QString &pane)
{
    m_file.setValue("window/pane"_L1, pane);
}

void Settings::resetLayout()
{
    m_file.remove("window"_L1);
    m_file.remove("columns"_L1);
}

} // namespace stint
