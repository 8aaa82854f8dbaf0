// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/detailsdock.h"
#include "app/console/dialogs/confirmdialog.h"
#include "app/console/messagestrip.h"
#include "app/console/pages/jobspage.h"
#include "app/console/pages/jobtableview.h"
#include "tests/app/console/storefixture.h"

#include <QAction>
#include <QPushButton>
#include <QTimer>

using namespace stint;
using namespace Qt::StringLiterals;

/// What others do to a store of files, and what is done to the jobs of one.
class TestConsoleStore : public test::StoreFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { makeWindow(); }
    void cleanup() { closeWindow(); }

    void jobsOfOthersAppearAtOnce();
    void cancelAndRequeueReachTheFiles();
    void allMatchingIsCancelled();

private:
    JobsPage *pane(const QString &key)
    {
        m_window->showPane(key);
        return qobject_cast<JobsPage *>(m_window->page());
    }
    void acceptNextDialog()
    {
        QTimer::singleShot(0, m_window.get(), [this] {
            auto *dialog = m_window->findChild<ConfirmDialog *>();
            QVERIFY(
                QTest::qWaitFor([dialog] { return !dialog->findChild<QPushButton *>(u"confirmAct"_s)->text().contains(u"≈"_s); }, 10'000));
            m_verb = dialog->findChild<QPushButton *>(u"confirmAct"_s)->text();
            dialog->accept();
        });
    }

    QString m_verb;
};

void TestConsoleStore::jobsOfOthersAppearAtOnce()
{
    JobsPage *queue = pane(u"queue"_s);
    QTRY_VERIFY(queue->isSettled());
    QCOMPARE(queue->model().rowCount(), 0);
    enqueue(3, u"a"_s);
    QTRY_COMPARE(queue->model().rowCount(), 3);
    enqueue(300, u"nightly"_s);
    QTRY_COMPARE(queue->model().rowCount(), 303);
    queue->setFilterText(u"nightly"_s);
    QTRY_VERIFY(queue->isSettled() && queue->countText().startsWith(u"300"_s));
    queue->setFilterText(u"no such"_s);
    QTRY_COMPARE(queue->model().rowCount(), 0);
}

void TestConsoleStore::cancelAndRequeueReachTheFiles()
{
    enqueue(3, u"a"_s);
    JobsPage *queue = pane(u"queue"_s);
    QTRY_COMPARE(queue->model().rowCount(), 3);
    QVERIFY(queue->table()->goTo(2));
    QTRY_VERIFY(m_actions->cancel->isEnabled());
    acceptNextDialog();
    m_actions->cancel->trigger();
    QCOMPARE(m_verb, u"Cancel 1 job"_s);
    QTRY_COMPARE(queue->model().rowOf(2), -1);
    JobsPage *failed = pane(u"failed"_s);
    QTRY_VERIFY(failed->model().rowOf(2) >= 0);
    failed->goTo(2);
    QTRY_VERIFY(m_window->details()->job() && m_window->details()->jobId() == 2
                && m_window->details()->job()->summary.state == JobState::Cancelled);
    m_actions->requeue->trigger();
    for (MessageStrip *strip : m_window->findChildren<MessageStrip *>()) {
        for (QPushButton *button : strip->findChildren<QPushButton *>()) {
            if (button->text() == u"Now"_s)
                button->click();
        }
    }
    QTRY_COMPARE(failed->model().rowOf(2), -1);
    const auto found = m_other->find(2);
    QVERIFY(found && *found && (*found)->queued);
}

void TestConsoleStore::allMatchingIsCancelled()
{
    enqueue(40, u"keep"_s);
    enqueue(700, u"drop"_s); // more than is read at first
    JobsPage *queue = pane(u"queue"_s);
    queue->setFilterText(u"drop"_s); // a worker here: its column is shown
    QTRY_VERIFY(queue->isSettled() && queue->model().rowCount() > 0 && queue->model().job(0)->worker == u"drop"_s);
    queue->selectAllMatching();
    acceptNextDialog();
    m_actions->cancel->trigger();
    QCOMPARE(m_verb, u"Cancel 700 jobs"_s);
    queue->clearFilter();
    QTRY_VERIFY_WITH_TIMEOUT(queue->isSettled() && queue->model().rowCount() == 40, 20'000);
    const auto counts = m_other->counts();
    QVERIFY(counts);
    QCOMPARE(counts->queued, 40);
}

QTEST_MAIN(TestConsoleStore)
#include "tst_consolestore.moc"
