// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/jobverb.h"
#include "engine/store/jobstore.h"
#include "models/storereader.h"

#include <QSet>

#include <memory>

namespace stint {

/// An action on many jobs, some hundred at a time, so that it can tell how far it is and be stopped; keeps what became
/// of each. Jobs that are chosen by a filter are found as it goes, downwards from the newest there is at its start. GUI thread.
class BulkOperation final : public QObject
{
    Q_OBJECT

public:
    /// The jobs with `selection.ids`, or else those that match `query`.
    BulkOperation(std::shared_ptr<JobStore> store, JobVerb verb, JobSelection selection, const JobQuery &query, QObject *parent = nullptr);

    void start();
    /// What is under way is still done.
    void stop();
    [[nodiscard]] bool isStopped() const { return m_stopped; }
    [[nodiscard]] JobVerb verb() const { return m_verb; }
    [[nodiscard]] const JobSelection &selection() const { return m_selection; }
    [[nodiscard]] const QList<ActionResult> &results() const { return m_results; }
    [[nodiscard]] std::int64_t refusedCount() const { return m_refusedCount; }
    /// It ended early.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

    static constexpr int chunkSize = 200; ///< jobs a transaction

Q_SIGNALS:
    void progressed();
    void ended();

private:
    void next();
    void findMore();
    void act(QList<std::int64_t> ids);
    void accept(Result<QList<ActionResult>> results);
    void end(std::optional<Error> error = {});

    std::shared_ptr<JobStore> m_store;
    JobVerb m_verb;
    JobSelection m_selection;
    JobQuery m_query;
    QList<std::int64_t> m_waiting; ///< found and not yet acted on
    bool m_isAllFound;
    bool m_stopped = false;
    QList<ActionResult> m_results;
    std::int64_t m_refusedCount = 0;
    QSet<QString> m_texts; ///< of the results, each kept once
    std::optional<Error> m_error;
    StoreReader m_reader;
};

} // namespace stint
