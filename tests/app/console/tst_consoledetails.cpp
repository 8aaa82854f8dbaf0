// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/console/consolefixture.h"

#include "app/console/details/bodyview.h"
#include "app/console/details/fieldlist.h"
#include "app/console/details/fulltext.h"
#include "app/console/details/waitbox.h"

#include <QPlainTextEdit>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeView>

using namespace stint;
using namespace Qt::StringLiterals;

/// All about one job, beside the table.
class TestConsoleDetails final : public test::ConsoleFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { makeWindow(); }
    void cleanup() { closeWindow(); }

    void detailsShowExactNumbers();
    void aQueuedJobSaysWhyItWaits();
    void theTabsOfAFailedJobFit();
    void aJobOfAnotherPaneIsShownWithANote();
};

void TestConsoleDetails::detailsShowExactNumbers()
{
    choose(pane(u"failed"_s), 10);
    auto *tabs = m_window->findChild<QTabWidget *>(u"detailsTabs"_s);
    auto *request = tabs->findChild<BodyView *>(u"requestBody"_s);
    const QAbstractItemModel *tree = request->findChild<QTreeView *>()->model();
    QCOMPARE(tree->index(0, 1).data().toString(), u"9007199254740993"_s);
    QCOMPARE(tree->index(1, 1).data().toString(), u"1275.50"_s);
    QCOMPARE(request->findChild<QPlainTextEdit *>(u"rawText"_s)->toPlainText(), u"{\"number\":9007199254740993,\"total\":1275.50}"_s);
    auto *value = request->findChild<FullText *>();
    QVERIFY(value->isHidden());
    Job wordy = job(10, JobState::Failed);
    wordy.requestBody = R"({"text":"first line\nsecond line"})";
    m_store->put({wordy});
    QTRY_COMPARE(tree->index(0, 1).data().toString(), u"first line ⏎ second line"_s);
    request->findChild<QTreeView *>()->setCurrentIndex(tree->index(0, 0));
    QVERIFY(!value->isHidden());
    QCOMPARE(value->toPlainText(), u"first line\nsecond line"_s);
    const auto fields = tabs->findChild<FieldList *>()->fields();
    QCOMPARE(fields.constFirst().value, u"Timeout: it took too long"_s);
}

void TestConsoleDetails::aQueuedJobSaysWhyItWaits()
{
    m_store->setWaitReasons({{u"workerBusy"_s, u"worker mail runs job 61"_s}});
    choose(pane(u"queue"_s), 100);
    auto *box = m_window->findChild<WaitBox *>();
    QVERIFY(box->isVisible());
    QVERIFY(box->accessibleName().contains(u"mail runs job 61"_s));
    choose(pane(u"failed"_s), 20);
    QVERIFY(!box->isVisible());
}

void TestConsoleDetails::theTabsOfAFailedJobFit()
{
    Job failed = job(141, JobState::Failed);
    failed.responseBody = "{}";
    failed.parentId = 30;
    m_store->put({failed});
    m_store->setAttempts({{.generation = 1, .attempt = 1, .outcome = AttemptOutcome::Failed}});
    m_window->resize(1500, 950);
    choose(pane(u"failed"_s), 141);
    const auto *tabs = m_window->findChild<QTabWidget *>(u"detailsTabs"_s);
    for (int tab = 0; tab < tabs->count(); ++tab) {
        QVERIFY2(tabs->isTabVisible(tab), qPrintable(tabs->tabText(tab)));
        QVERIFY2(tabs->tabBar()->rect().contains(tabs->tabBar()->tabRect(tab)), qPrintable(tabs->tabText(tab)));
    }
    QVERIFY(tabs->tabBar()->width() <= tabs->width());
}

void TestConsoleDetails::aJobOfAnotherPaneIsShownWithANote()
{
    LaunchOptions options;
    options.view = u"failed"_s;
    options.jobId = 5; // it has succeeded
    m_window->launch(options);
    QTRY_VERIFY(m_window->details()->job() && m_window->details()->jobId() == 5);
    QVERIFY(m_window->details()->isVisible());
    QTRY_VERIFY(shownStrip());
    QVERIFY(shownStrip()->text().contains(u"Completed"_s));
    press(shownStrip(), u"Show it there"_s);
    QCOMPARE(m_window->page()->key(), u"completed"_s);
    QTRY_COMPARE(pane(u"completed"_s)->table()->currentId(), 5);
    QTRY_VERIFY(!shownStrip());
    m_window->showPane(u"all"_s);
    QVERIFY(!shownStrip());
}

QTEST_MAIN(TestConsoleDetails)
#include "tst_consoledetails.moc"
