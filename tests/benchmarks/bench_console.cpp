// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How soon the window shows the first page of a store with very many queued jobs. No test: run it by hand, under
// packaging/with-display.sh where there is no display.
// usage: bench_console [jobs, default 1000000]

#include "app/console/mainwindow.h"
#include "app/console/pages/jobspage.h"
#include "app/console/pages/jobtableview.h"
#include "app/console/settings.h"
#include "app/console/theme.h"
#include "engine/jobqueue.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

constexpr int chunk = 1'000;

void fill(const QString &folder, int jobs)
{
    const auto store = JobQueue::openStore(folder, OpenMode::Create);
    if (!store)
        qFatal("%s", qUtf8Printable(store.error().message));
    QElapsedTimer timer;
    timer.start();
    for (int recorded = 0; recorded < jobs; recorded += chunk) {
        const std::vector<NewJob> some(chunk, NewJob{.name = u"SendInvoice"_s, .options = {.worker = u"mail"_s}});
        if (!waitFor<QList<JobRef>>([&](auto done) { (*store)->enqueue({some, {}, 0}, done); }))
            qFatal("the jobs cannot be enqueued");
    }
    std::printf("enqueued %d jobs in %.1f s\n", jobs, static_cast<double>(timer.elapsed()) / 1000);
}

/// Ends its loop when a table has painted rows.
class PaintedRows final : public QObject
{
public:
    explicit PaintedRows(JobTableView *table)
        : QObject(table)
        , m_table(table)
    {
        table->viewport()->installEventFilter(this);
    }
    /// In ms, from now.
    double wait()
    {
        QElapsedTimer timer;
        timer.start();
        m_loop.exec();
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_table->model()->rowCount() > 0)
            QMetaObject::invokeMethod(&m_loop, &QEventLoop::quit, Qt::QueuedConnection); // once it has painted
        return false;
    }

private:
    JobTableView *m_table;
    QEventLoop m_loop;
};

} // namespace

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    const int jobs = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
    const QTemporaryDir folder;
    const QString store = folder.filePath(u"jobs"_s);
    fill(store, jobs);
    theme::apply(theme::Choice::Light);
    for (int run = 1; run <= 5; ++run) {
        Settings settings(folder.filePath(u"console.ini"_s));
        QElapsedTimer timer;
        timer.start();
        MainWindow window(settings);
        window.show();
        window.showPane(u"queue"_s);
        auto *page = qobject_cast<JobsPage *>(window.page());
        const qint64 made = timer.elapsed();
        PaintedRows painted(page->table());
        window.attach(store, true);
        const double shown = painted.wait();
        std::printf("run %d: window made in %lld ms, first page of %d rows painted %.0f ms after attaching\n", run,
                    static_cast<long long>(made), page->model().rowCount(), shown);
    }
    return 0;
}
