// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/administering.h"

#include "engine/store/rowvalues.h"

#include <QStringList>

namespace stint::administering {

void record(SqliteWriter &writer, QLatin1StringView action, const QString &detail)
{
    writer.db().run("INSERT INTO AdminAction (ActionDate, Actor, Action, Detail) VALUES (?, ?, ?, ?)", writer.now(), rowvalues::actor(),
                    action, detail);
}

QList<ActionResult> act(SqliteWriter &writer, QLatin1StringView name, const QList<std::int64_t> &ids, const Action &action)
{
    QList<ActionResult> results;
    QStringList texts;
    for (const std::int64_t id : ids) {
        results.append(action(writer, id));
        texts.append(QString::number(id));
    }
    record(writer, name, texts.join(u','));
    return results;
}

void setWorkerPaused(SqliteWriter &writer, const QString &worker, bool paused)
{
    const QString key = worker.isNull() ? QStringLiteral("") : worker;
    writer.db().run("INSERT INTO Worker (Name, Paused) VALUES (?1, ?2) ON CONFLICT (Name) DO UPDATE SET Paused = ?2", key, paused ? 1 : 0);
    record(writer, paused ? QLatin1StringView("pauseWorker") : QLatin1StringView("resumeWorker"), key);
    writer.noteJobsMayBeDue();
}

} // namespace stint::administering
