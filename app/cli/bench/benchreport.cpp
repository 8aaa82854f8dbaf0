// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/bench/benchreport.h"

#include "app/cli/jsonobject.h"

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace stint::cli::benchreport {

namespace {

struct Figure {
    const char *name; ///< in JSON
    const char *title;
    int decimals;
    std::function<double(const BenchRound &)> of;
};

const QList<Figure> &figures()
{
    static const QList<Figure> all{
        {"enqueuePerSecond", "enqueue", 0, [](const BenchRound &round) { return round.enqueuePerSecond; }},
        {"executePerSecond", "execute", 0, [](const BenchRound &round) { return round.executePerSecond; }},
        {"endToEndPerSecond", "end to end", 0, [](const BenchRound &round) { return round.endToEndPerSecond; }},
        {"bareEndToEndPerSecond", "bare C API, end to end", 0, [](const BenchRound &round) { return round.bareEndToEndPerSecond; }},
        {"ratioToBare", "ratio to bare", 2, [](const BenchRound &round) { return round.ratioToBare(); }},
        {"startP50Ms", "enqueue to start, p50", 2, [](const BenchRound &round) { return round.startP50Ms; }},
        {"startP95Ms", "enqueue to start, p95", 2, [](const BenchRound &round) { return round.startP95Ms; }},
        {"startP99Ms", "enqueue to start, p99", 2, [](const BenchRound &round) { return round.startP99Ms; }},
        {"fsyncs", "fsyncs, end to end", 0, [](const BenchRound &round) { return static_cast<double>(round.syncs); }},
        {"jobsPerCommit", "jobs a commit", 1, [](const BenchRound &round) { return round.jobsPerCommit; }},
        {"bytesPerJob", "bytes a job", 0, [](const BenchRound &round) { return round.bytesPerJob; }},
    };
    return all;
}

const char *unitOf(const Figure &figure)
{
    const QByteArrayView name(figure.name);
    return name.endsWith("PerSecond") ? " jobs/s" : name.endsWith("Ms") ? " ms" : "";
}

QList<double> sorted(const QList<BenchRound> &rounds, const Figure &figure)
{
    QList<double> values;
    for (const BenchRound &round : rounds)
        values.append(figure.of(round));
    std::sort(values.begin(), values.end());
    return values;
}

double median(const QList<double> &sorted)
{
    const qsizetype middle = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted.at(middle) : (sorted.at(middle - 1) + sorted.at(middle)) / 2;
}

QByteArray number(double value, const Figure &figure)
{
    return QByteArray::number(value, 'f', figure.decimals);
}

} // namespace

QByteArray toJson(const BenchPlan &plan, const QList<BenchRound> &rounds)
{
    JsonObject json;
    json.add("jobs", plan.jobs)
        .add("producers", plan.producers)
        .add("workers", plan.workers)
        .add("concurrency", plan.concurrency)
        .add("batch", plan.batch)
        .add("history", plan.history)
        .add("sync", plan.isNormal ? u"normal"_s : u"full"_s);
    for (const Figure &figure : figures())
        json.addJson(figure.name, number(median(sorted(rounds, figure)), figure));
    QByteArrayList each;
    for (const BenchRound &round : rounds) {
        JsonObject one;
        for (const Figure &figure : figures())
            one.addJson(figure.name, number(figure.of(round), figure));
        each.append(one.toJson());
    }
    return json.addJson("rounds", '[' + each.join(',') + ']').toJson();
}

QStringList toLines(const BenchPlan &plan, const QList<BenchRound> &rounds)
{
    QStringList lines{u"%1 jobs a round, %2 rounds, synchronous %3: median (lowest to highest)"_s.arg(plan.jobs)
                          .arg(rounds.size())
                          .arg(plan.isNormal ? u"NORMAL"_s : u"FULL"_s)};
    for (const Figure &figure : figures()) {
        const QList<double> values = sorted(rounds, figure);
        lines.append(u"%1 %2%3  (%4 to %5)"_s.arg(QString::fromLatin1(figure.title) + u':', -24)
                         .arg(QString::fromLatin1(number(median(values), figure)), 8)
                         .arg(QLatin1StringView(unitOf(figure)), QString::fromLatin1(number(values.constFirst(), figure)),
                              QString::fromLatin1(number(values.constLast(), figure))));
    }
    return lines;
}

} // namespace stint::cli::benchreport
