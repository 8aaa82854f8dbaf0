// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/hostcommands.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace stint {

namespace {
constexpr QLatin1StringView nameKey{"name"};
constexpr QLatin1StringView apiKey{"api"};
constexpr QLatin1StringView requestKey{"request"};
constexpr QLatin1StringView fieldsKey{"fields"};
constexpr QLatin1StringView typeKey{"type"};
constexpr QLatin1StringView defaultKey{"default"};
} // namespace

QByteArray toColumn(const QList<CommandInfo> &commands)
{
    QJsonArray all;
    for (const CommandInfo &command : commands) {
        QJsonArray fields;
        for (const RequestField &field : command.fields)
            fields.append(QJsonObject{{nameKey, field.name}, {typeKey, field.type}, {defaultKey, field.defaultValue}});
        all.append(QJsonObject{{nameKey, command.name}, {apiKey, command.isApi}, {requestKey, command.request}, {fieldsKey, fields}});
    }
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

QList<CommandInfo> parseHostCommands(const QByteArray &json)
{
    QList<CommandInfo> commands;
    const QJsonArray all = QJsonDocument::fromJson(json).array();
    for (const auto &entry : all) {
        const QJsonObject object = entry.toObject();
        CommandInfo command{object.value(nameKey).toString(), object.value(apiKey).toBool(), object.value(requestKey).toString(), {}};
        const QJsonArray fields = object.value(fieldsKey).toArray();
        for (const auto &field : fields) {
            const QJsonObject values = field.toObject();
            command.fields.append(
                {values.value(nameKey).toString(), values.value(typeKey).toString(), values.value(defaultKey).toString()});
        }
        commands.append(command);
    }
    return commands;
}

} // namespace stint
