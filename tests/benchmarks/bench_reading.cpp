// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// What reading costs, each figure beside the bare one of the same round: pages of two panes beside their bare statement
// through the SQLite C API, an export beside `sqlite3 -csv`, which must be installed; of a store at rest, and of one that
// another connection writes. No test: run it by hand.
// usage: bench_reading [jobs, default 1000000] [rounds, default 5]

#include "app/cli/bench/benchstore.h"
#include "engine/jobexport.h"
#include "engine/jobqueue.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

constexpr int pages = 500;
constexpr int pageRows = 200;

[[noreturn]] void giveUp(const QString &why)
{
    std::fprintf(stderr, "bench_reading: %s\n", qPrintable(why));
    std::exit(1);
}

template <typename T>
T valueOf(Result<T> result)
{
    return result ? std::move(*result) : (giveUp(result.error().message), T{});
}

double millisecondsOf(const std::function<void()> &work)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

/// Runs both by turns and prints the medians of `unit` each.
void compare(const char *what, const char *unit, double units, int rounds, const std::function<void()> &ours,
             const std::function<void()> &bare)
{
    std::vector<double> oursMs;
    std::vector<double> bareMs;
    std::vector<double> ratios;
    for (int round = 0; round < rounds; ++round) {
        oursMs.push_back(millisecondsOf(ours) / units);
        bareMs.push_back(millisecondsOf(bare) / units);
        ratios.push_back(oursMs.back() / bareMs.back());
    }
    const auto [lowest, highest] = std::ranges::minmax(ratios);
    std::printf("%-28s %8.3f ms  bare %8.3f ms a %s: %.2f times (%.2f to %.2f)\n", what, median(oursMs), median(bareMs), unit,
                median(ratios), lowest, highest);
}

/// The id above the page, another one each time, the same ones each round.
std::int64_t keyOf(int page, int jobs)
{
    return std::int64_t{page + 1} * 7919 % jobs + pageRows;
}

void listPages(const JobStore &store, Pane pane, int jobs)
{
    for (int page = 0; page < pages; ++page) {
        const JobPage found = valueOf(store.list({.pane = pane, .beforeId = keyOf(page, jobs), .limit = pageRows}));
        if (found.jobs.size() != pageRows)
            giveUp(u"a page of %1 rows"_s.arg(found.jobs.size()));
    }
}

/// The file as nobody writes it, so that no log of SQLite's is left beside it: a store with one is read as one that is
/// written.
QByteArray addressOf(const QString &file)
{
    const bool written = QFile::exists(file + u"-wal"_s);
    return "file:" + QFile::encodeName(file) + (written ? "" : "?immutable=1");
}

/// Every column of every row as text, and no more.
void readBare(const QString &file, const char *table, int jobs)
{
    sqlite3 *db = nullptr;
    sqlite3_stmt *rows = nullptr;
    const QByteArray sql
        = QByteArray("SELECT * FROM ") + table + " WHERE Id < ? ORDER BY Id DESC LIMIT " + QByteArray::number(pageRows + 1);
    if (sqlite3_open_v2(addressOf(file).constData(), &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr) != SQLITE_OK
        || sqlite3_prepare_v2(db, sql.constData(), -1, &rows, nullptr) != SQLITE_OK)
        giveUp(QString::fromUtf8(sqlite3_errmsg(db)));
    qint64 bytes = 0;
    for (int page = 0; page < pages; ++page) {
        sqlite3_bind_int64(rows, 1, keyOf(page, jobs));
        while (sqlite3_step(rows) == SQLITE_ROW) {
            for (int column = 0; column < sqlite3_column_count(rows); ++column) {
                sqlite3_column_text(rows, column);
                bytes += sqlite3_column_bytes(rows, column);
            }
        }
        sqlite3_reset(rows);
    }
    sqlite3_finalize(rows);
    sqlite3_close(db);
    if (bytes == 0)
        giveUp(u"the bare statement found nothing"_s);
}

void exportBare(const QString &file, const QString &output)
{
    QProcess shell;
    shell.setStandardOutputFile(output);
    shell.start(u"sqlite3"_s,
                {u"-csv"_s, u"-readonly"_s, QString::fromUtf8(addressOf(file)), u"SELECT * FROM CompletedJob ORDER BY Id DESC"_s});
    if (!shell.waitForFinished(-1) || shell.exitCode() != 0)
        giveUp(u"sqlite3: "_s + shell.errorString());
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int jobs = arguments.value(1, u"1000000"_s).toInt();
    const int rounds = arguments.value(2, u"5"_s).toInt();
    if (jobs < 10'000 || rounds < 1)
        giveUp(u"usage: bench_reading [jobs, 10000 at least] [rounds]"_s);

    const QTemporaryDir folder(u"bench_reading-XXXXXX"_s); // here, for /tmp may be memory
    const QString location = folder.filePath(u"store"_s);
    if (auto made = cli::makeBenchStore(location, jobs); !made)
        giveUp(made.error().message);
    const auto store = valueOf(JobQueue::openStore(location, OpenMode::ReadOnly));
    const QString queue = location + u"/jobs.db"_s;
    const QString month = location + u'/' + QDir(location).entryList({u"jobs_*.db"_s}).value(0);

    const auto comparePages = [&](const JobStore &looking) {
        compare(
            "page of 200, completed", "page", pages, rounds, [&] { listPages(looking, Pane::Completed, jobs); },
            [&] { readBare(month, "CompletedJob", jobs); });
        compare(
            "page of 200, all", "page", pages, rounds, [&] { listPages(looking, Pane::All, jobs); },
            [&] { readBare(queue, "JobSummary", jobs); });
    };
    comparePages(*store);
    compare(
        "CSV of all completed", "1,000 rows", jobs / 1000.0, rounds,
        [&] { (void)valueOf(exportToFile(*store, {.pane = Pane::Completed}, folder.filePath(u"stint.csv"_s))); },
        [&] { exportBare(month, folder.filePath(u"bare.csv"_s)); });

    const auto writer = valueOf(JobQueue::openStore(location, OpenMode::ReadWrite));
    std::puts("while another has the store open for writing:");
    comparePages(*store);
    std::puts("by the one that has it open for writing:");
    comparePages(*writer);
}
