// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/console/consolefixture.h"

#include "app/console/bulkoperation.h"
#include "app/console/dialogs/confirmdialog.h"
#include "app/console/dialogs/resultsdialog.h"
#include "app/console/operationline.h"
#include "app/console/pages/listpage.h"
#include "models/displaytext.h"

#include <QCheckBox>
#include <QLabel>
#include <QTableView>
#include <QTimer>

using namespace stint;
using namespace Qt::StringLiterals;

/// What an operator does to jobs and workers, and what is kept from being done.
class TestConsoleActions final : public test::ConsoleFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { makeWindow(); }
    void cleanup() { closeWindow(); }

    void requeueCanBeUndone();
    void requeueHappensAfterItsTime();
    void refusalsOfAFewAreSaidInPlace();
    void cancelAsksAndNamesTheCount();
    void allMatchingIsAPredicate();
    void requeueOfAllCompletedSaysHowMany();
    void requeueOfAllJobsLeavesTheGoodAlone();
    void anActionOnManyListsWhatWasRefused();
    void anActionOnManyCanBeStopped();
    void readOnlyDisablesWithTheReason();
    void lockKeepsFromChanging();
    void workersArePausedAndResumed();
    void tasksAreExportedToo();

private:
    /// What a confirmation said.
    struct Asked {
        QString verb;
        QString counts;
        QString leftAlone;
        bool defaultKeeps = false;
    };
    Asked answer(QAction *action, bool act)
    {
        Asked asked;
        QTimer::singleShot(0, m_window.get(), [&] {
            auto *dialog = m_window->findChild<ConfirmDialog *>();
            auto *button = dialog->findChild<QPushButton *>(u"confirmAct"_s);
            QVERIFY(QTest::qWaitFor([button] { return !button->text().contains(u"≈"_s); }, 10'000));
            const auto *leftAlone = dialog->findChild<QLabel *>(u"confirmLeftAlone"_s);
            asked = {button->text(), dialog->findChild<QLabel *>(u"confirmCounts"_s)->text(),
                     leftAlone->isVisible() ? leftAlone->text() : QString(), !button->isDefault()};
            act ? dialog->accept() : dialog->reject();
        });
        action->trigger();
        return asked;
    }
    OperationLine *operation() { return m_window->findChild<OperationLine *>(); }
};

void TestConsoleActions::requeueCanBeUndone()
{
    JobsPage *page = pane(u"failed"_s);
    choose(page, 10);
    QTest::keyClick(page->table(), Qt::Key_R);
    QVERIFY(shownStrip());
    QVERIFY(shownStrip()->text().contains(u"Requeue job 10"_s));
    press(shownStrip(), u"Undo"_s);
    QVERIFY(!shownStrip());
    QVERIFY(m_store->requeues().isEmpty());
    QCOMPARE(journal(), QByteArray());
    QTest::keyClick(page->table(), Qt::Key_R);
    press(shownStrip(), u"Now"_s);
    QTRY_COMPARE(m_store->requeues().size(), 1);
    QCOMPARE(m_store->requeues().constFirst().ids, QList<std::int64_t>{10});
    QTRY_VERIFY(journal().contains("\"action\":\"requeue\""));
    QVERIFY(journal().contains("requeued"));
    QTRY_COMPARE(page->model().rowCount(), 5);
}

void TestConsoleActions::requeueHappensAfterItsTime()
{
    JobsPage *page = pane(u"failed"_s);
    choose(page, 20);
    m_actions->requeue->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_store->requeues().size(), 1, 15'000);
}

void TestConsoleActions::refusalsOfAFewAreSaidInPlace()
{
    JobsPage *page = pane(u"all"_s);
    page->table()->goTo(62);
    page->table()->setFocus();
    for (int step = 0; step < 2; ++step)
        QTest::keyClick(page->table(), Qt::Key_Down, Qt::ShiftModifier); // 62 is queued, 61 runs, 60 has failed
    m_actions->requeue->trigger();
    QVERIFY2(shownStrip()->text().contains(u"Requeue 1 of 3 jobs"_s), qPrintable(shownStrip()->text()));
    press(shownStrip(), u"Now"_s);
    QTRY_VERIFY2(shownStrip()->text().contains(u"Job 61: not finished yet"_s), qPrintable(shownStrip()->text()));
    QVERIFY(shownStrip()->text().contains(u"1 requeued"_s));
}

void TestConsoleActions::cancelAsksAndNamesTheCount()
{
    JobsPage *page = pane(u"queue"_s);
    page->table()->goTo(100);
    page->table()->setFocus();
    QTest::keyClick(page->table(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(page->table(), Qt::Key_Down, Qt::ShiftModifier);
    const Asked refused = answer(m_actions->cancel, false);
    QCOMPARE(refused.verb, u"Cancel 3 jobs"_s);
    QVERIFY(refused.counts.contains(u"3  queued"_s));
    QVERIFY(refused.defaultKeeps);
    QVERIFY(m_store->cancels().isEmpty());
    answer(m_actions->cancel, true);
    QTRY_COMPARE(m_store->cancels().size(), 1);
    QList<std::int64_t> ids = m_store->cancels().constFirst().ids;
    std::ranges::sort(ids);
    QCOMPARE(ids, (QList<std::int64_t>{98, 99, 100}));
    QTRY_COMPARE(page->model().rowCount(), 77);
}

void TestConsoleActions::allMatchingIsAPredicate()
{
    JobsPage *page = pane(u"queue"_s);
    page->table()->setFocus();
    page->setFilterText(u"SendInvoice"_s);
    QTRY_COMPARE(page->model().rowCount(), 40);
    m_actions->selectAll->trigger();
    const JobChoice choice = page->choice();
    QVERIFY(choice.selection.ids.isEmpty());
    QCOMPARE(choice.selection.filter->text, u"SendInvoice"_s);
    QCOMPARE(choice.count, 40);
    QVERIFY(page->statusText().contains(u"40"_s));
    QTest::keyClick(page->table(), Qt::Key_Escape);
    QVERIFY(page->choice().isEmpty());
}

void TestConsoleActions::requeueOfAllCompletedSaysHowMany()
{
    JobsPage *page = pane(u"completed"_s);
    page->table()->setFocus();
    m_actions->selectAll->trigger();
    const Asked asked = answer(m_actions->requeue, true);
    QCOMPARE(asked.verb, u"Requeue 54 jobs"_s);
    QVERIFY2(asked.counts.contains(u"54  completed"_s) && asked.counts.contains(u"30  Resize"_s), qPrintable(asked.counts));
    QVERIFY(asked.leftAlone.isEmpty());
    QTRY_COMPARE(page->model().rowCount(), 0);
    QTRY_VERIFY(operation()->text().contains(u"54 requeued"_s));
}

void TestConsoleActions::requeueOfAllJobsLeavesTheGoodAlone()
{
    pane(u"all"_s)->table()->setFocus();
    m_actions->selectAll->trigger();
    const Asked asked = answer(m_actions->requeue, true);
    QCOMPARE(asked.verb, u"Requeue 6 jobs"_s);
    QVERIFY2(asked.counts.contains(u"6  failed"_s), qPrintable(asked.counts));
    QVERIFY2(asked.leftAlone.contains(u"54  completed"_s) && asked.leftAlone.contains(u"79  queued"_s), qPrintable(asked.leftAlone));
    QTRY_VERIFY(operation()->text().contains(u"6 requeued"_s));
    QCOMPARE(pane(u"completed"_s)->model().rowCount(), 54);
}

void TestConsoleActions::anActionOnManyListsWhatWasRefused()
{
    JobsPage *page = pane(u"all"_s);
    page->table()->goTo(75);
    page->table()->setFocus();
    for (int step = 0; step < 24; ++step)
        QTest::keyClick(page->table(), Qt::Key_Down, Qt::ShiftModifier); // 75 to 51: queued 14, running 1, finished 10
    const Asked asked = answer(m_actions->cancel, true);
    QCOMPARE(asked.verb, u"Cancel 15 jobs"_s);
    QVERIFY2(asked.leftAlone.contains(u"9  completed"_s) && asked.leftAlone.contains(u"1  failed"_s), qPrintable(asked.leftAlone));
    QTRY_VERIFY2(operation()->text().contains(u"15 cancelled"_s), qPrintable(operation()->text()));
    QVERIFY(operation()->text().contains(u"10 already finished"_s));
    press(operation(), u"Show what was refused…"_s);
    auto *dialog = m_window->findChild<ResultsDialog *>();
    const QAbstractItemModel *results = dialog->findChild<QTableView *>()->model();
    QCOMPARE(results->rowCount(), 10);
    QCOMPARE(results->index(0, 0).data().toString(), u"51"_s);
    QCOMPARE(results->index(0, 1).data().toString(), u"already finished"_s);
    dialog->findChild<QCheckBox *>()->setChecked(false);
    QCOMPARE(results->rowCount(), 25);
    QVERIFY(journal().contains("{\"code\":\"finished\",\"id\":51}"));
    press(operation(), u"Close"_s);
    QTRY_VERIFY(!operation());
}

void TestConsoleActions::anActionOnManyCanBeStopped()
{
    QList<Job> more;
    for (std::int64_t id = 141; id <= 1'140; ++id)
        more.append(job(id, JobState::Queued));
    m_store->put(more);
    JobsPage *page = pane(u"queue"_s);
    QTRY_COMPARE(page->model().idAt(0), 1'140);
    page->table()->setFocus();
    m_actions->selectAll->trigger();
    const Asked asked = answer(m_actions->cancel, true);
    QCOMPARE(asked.verb, u"Cancel %1 jobs"_s.arg(displaytext::count(1'080)));
    connect(
        m_window->findChild<BulkOperation *>(), &BulkOperation::progressed, this, [this] { press(operation(), u"Stop"_s); },
        Qt::SingleShotConnection);
    QTRY_VERIFY2(operation()->text().startsWith(u"Stopped"_s), qPrintable(operation()->text()));
    std::int64_t cancelled = 0;
    for (const JobSelection &some : m_store->cancels())
        cancelled += some.ids.size();
    QCOMPARE(cancelled, BulkOperation::chunkSize);
    const auto counts = m_store->counts();
    QCOMPARE(counts->queued + counts->running, 1'080 - cancelled);
    QVERIFY2(operation()->text().contains(u"%1 left as they were"_s.arg(displaytext::count(1'080 - cancelled))),
             qPrintable(operation()->text()));
}

void TestConsoleActions::readOnlyDisablesWithTheReason()
{
    m_store->setInfo({.location = u"/fake"_s, .readOnly = true});
    m_window->connection().attach(m_store);
    choose(pane(u"failed"_s), 10);
    for (const QAction *action : {m_actions->requeue, m_actions->cancel, m_actions->requeueShown, m_actions->startHost}) {
        QVERIFY(!action->isEnabled());
        QVERIFY(action->toolTip().contains(u"read-only"_s));
    }
    m_window->showPane(u"workers"_s);
    QVERIFY(!m_window->findChild<QPushButton *>(u"pauseWorker"_s)->isEnabled());
}

void TestConsoleActions::lockKeepsFromChanging()
{
    choose(pane(u"failed"_s), 10);
    QVERIFY(m_actions->requeue->isEnabled());
    m_window->connection().setLocked(true);
    QVERIFY(!m_actions->requeue->isEnabled());
    m_window->connection().setLocked(false);
    QVERIFY(m_actions->requeue->isEnabled());
}

void TestConsoleActions::workersArePausedAndResumed()
{
    WorkerInfo mail;
    mail.name = u"mail"_s;
    m_store->setWorkers({mail});
    m_window->showPane(u"workers"_s);
    auto *page = qobject_cast<ListPage *>(m_window->page());
    QTRY_COMPARE(page->table()->model()->rowCount(), 1);
    page->table()->selectRow(0);
    auto *button = m_window->findChild<QPushButton *>(u"pauseWorker"_s);
    QCOMPARE(button->text(), u"Pause worker"_s);
    button->click();
    QTRY_COMPARE(button->text(), u"Resume worker"_s);
    QTRY_VERIFY(journal().contains("pauseWorker"));
    button->click();
    QTRY_COMPARE(button->text(), u"Pause worker"_s);
}

void TestConsoleActions::tasksAreExportedToo()
{
    ScheduledTask task;
    task.id = 1;
    task.name = u"nightly"_s;
    m_store->setTasks({task});
    m_window->showPane(u"scheduled"_s);
    QVERIFY(m_actions->exportRows->isEnabled());
    const auto what = m_window->page()->exported();
    QVERIFY(what && !what->pane);
    m_window->showPane(u"log"_s);
    QVERIFY(!m_actions->exportRows->isEnabled());
}

QTEST_MAIN(TestConsoleActions)
#include "tst_consoleactions.moc"
