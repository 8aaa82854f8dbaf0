// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/journal.h"

#include "engine/clock.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace stint {

using namespace Qt::StringLiterals;

namespace {

QJsonObject describe(const JobSelection &selection)
{
    QJsonObject text;
    if (!selection.ids.isEmpty()) {
        QJsonArray ids;
        for (const std::int64_t id : selection.ids)
            ids.append(static_cast<qint64>(id));
        text["ids"_L1] = ids;
    }
    if (selection.filter) {
        QJsonArray states;
        for (const JobState state : selection.filter->states)
            states.append(QString(toText(state)));
        text["filter"_L1] = QJsonObject{{"states"_L1, states}, {"text"_L1, selection.filter->text}};
        if (selection.filter->worker)
            text["worker"_L1] = *selection.filter->worker;
    }
    if (selection.month)
        text["month"_L1] = selection.month->toText();
    return text;
}

void append(const QString &fileName, const QString &action, const QString &location, QJsonObject entry)
{
    entry["at"_L1] = toIsoText(SystemClock().now());
    entry["user"_L1] = qEnvironmentVariable("USER");
    entry["action"_L1] = action;
    entry["store"_L1] = location;
    QFile file(fileName);
    if (QDir().mkpath(QFileInfo(fileName).absolutePath()) && file.open(QIODevice::WriteOnly | QIODevice::Append))
        file.write(QJsonDocument(entry).toJson(QJsonDocument::Compact) + '\n');
    else
        qWarning("The journal %s cannot be written: %s", qUtf8Printable(fileName), qUtf8Printable(file.errorString()));
}

} // namespace

Journal::Journal(const QString &folder)
    : m_fileName(folder + "/journal.jsonl"_L1)
{
}

void Journal::record(const QString &action, const QString &location, const JobSelection &selection, const QList<ActionResult> &results,
                     const QString &why) const
{
    QJsonArray outcomes;
    for (const ActionResult &result : results)
        outcomes.append(QJsonObject{{"id"_L1, static_cast<qint64>(result.id)}, {"code"_L1, result.code}});
    QJsonObject entry{{"selection"_L1, describe(selection)}, {"results"_L1, outcomes}};
    if (!why.isEmpty())
        entry["endedEarly"_L1] = why;
    append(m_fileName, action, location, std::move(entry));
}

void Journal::record(const QString &action, const QString &location, const QString &subject, const QString &outcome) const
{
    append(m_fileName, action, location, {{"subject"_L1, subject}, {"outcome"_L1, outcome}});
}

} // namespace stint
