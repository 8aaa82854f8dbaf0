// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/mainwindow.h"

#include "app/console/delegates/rowdelegate.h"
#include "app/console/details/bodyview.h"
#include "app/console/details/detailsdock.h"
#include "app/console/details/fieldlist.h"
#include "app/console/details/waitbox.h"
#include "app/console/dialogs/confirmdialog.h"
#include "app/console/messagestrip.h"
#include "app/console/pages/jobspage.h"
#include "app/console/pages/jobtableview.h"
#include "app/console/pages/listpage.h"
#include "app/console/pages/placeholder.h"
#include "app/console/settings.h"
#include "app/console/sidebar.h"
#include "app/console/windowactions.h"
#include "models/modelroles.h"
#include "tests/support/fakejobstore.h"

#include <QAccessible>
#include <QCryptographicHash>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QTreeView>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

Job job(std::int64_t id, JobState state)
{
    Job made;
    made.id = id;
    made.refId = u"ref%1"_s.arg(id);
    made.command = id % 2 ? u"Resize"_s : u"SendInvoice"_s;
    made.request = u"Invoice"_s;
    made.requestType = QString(requesttype::command);
    made.requestBody = R"({"number":9007199254740993,"total":1275.50})";
    made.state = state;
    made.worker = u"mail"_s;
    made.createdDate = Timestamp{std::chrono::seconds{1'790'000'000 + id}};
    if (state == JobState::Failed)
        made.error = JobError{u"Timeout"_s, u"it took too long"_s, u"at A\nat B"_s, {}, {}};
    return made;
}

QByteArray traceOf(const QString &folder)
{
    QByteArray trace;
    const auto files = QDir(folder).entryInfoList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly))
            trace += info.fileName().toUtf8() + QByteArray::number(info.lastModified().toMSecsSinceEpoch())
                + QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex() + '\n';
    }
    return trace;
}

} // namespace

class TestConsole : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(theme::Choice::Light); }
    void init();
    void cleanup();

    void panesAndCountsAgree();
    void thirtyRowsAndTheErrorWithoutScrolling();
    void filterAsksTheStore();
    void filteredToNothingOffersTheWayBack();
    void detailsShowExactNumbers();
    void aQueuedJobSaysWhyItWaits();
    void requeueCanBeUndone();
    void requeueHappensAfterItsTime();
    void cancelAsksAndNamesTheCount();
    void allMatchingIsAPredicate();
    void selectionAndScrollStay();
    void readOnlyDisablesWithTheReason();
    void lockKeepsFromChanging();
    void failureKeepsTheRows();
    void emptyPanesSayWhatIsNext();
    void workersArePausedAndResumed();
    void columnsAreRememberedByName();
    void keysReachEverything();
    void everyFocusableWidgetHasAName();
    void welcomeWithoutAStore();
    void aFolderThatIsNoStoreIsSaidSo();
    void lookingLeavesNoTrace();

private:
    JobsPage *pane(const QString &key)
    {
        m_window->showPane(key);
        auto *page = qobject_cast<JobsPage *>(m_window->page());
        if (!page || !QTest::qWaitFor([page] { return page->isSettled(); }, 10'000))
            qFatal("the pane does not settle");
        return page;
    }
    void choose(JobsPage *page, std::int64_t id)
    {
        page->table()->goTo(id);
        page->table()->setFocus();
        QVERIFY(QTest::qWaitFor([&] { return m_window->details()->jobId() == id && m_window->details()->isSettled(); }, 10'000));
    }
    MessageStrip *shownStrip()
    {
        for (MessageStrip *strip : m_window->findChildren<MessageStrip *>()) {
            if (strip->isVisible())
                return strip;
        }
        return nullptr;
    }
    void press(MessageStrip *strip, const QString &label)
    {
        for (QPushButton *button : strip->findChildren<QPushButton *>()) {
            if (button->text() == label && !button->isHidden())
                return button->click();
        }
        QFAIL(qPrintable(u"no button "_s + label));
    }
    QByteArray journal()
    {
        QFile file(m_folder->filePath(u"journal.jsonl"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::shared_ptr<test::FakeJobStore> m_store;
    std::unique_ptr<MainWindow> m_window;
    WindowActions *m_actions = nullptr;
};

void TestConsole::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath(u"console.ini"_s));
    m_store = std::make_shared<test::FakeJobStore>();
    QList<Job> jobs;
    for (std::int64_t id = 1; id <= 60; ++id)
        jobs.append(job(id, id % 10 == 0 ? JobState::Failed : JobState::Completed));
    for (std::int64_t id = 61; id <= 140; ++id)
        jobs.append(job(id, id == 61 ? JobState::Started : JobState::Queued));
    m_store->put(jobs);
    m_window = std::make_unique<MainWindow>(*m_settings);
    m_actions = m_window->findChild<WindowActions *>();
    m_window->connection().attach(m_store);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestConsole::cleanup()
{
    m_window.reset();
    m_settings.reset();
}

void TestConsole::panesAndCountsAgree()
{
    QCOMPARE(pane(u"queue"_s)->model().rowCount(), 80);
    QCOMPARE(pane(u"all"_s)->model().rowCount(), 140);
    QCOMPARE(pane(u"completed"_s)->model().rowCount(), 54);
    QCOMPARE(pane(u"failed"_s)->model().rowCount(), 6);
    const auto *sidebar = m_window->findChild<Sidebar *>();
    QTRY_COMPARE(sidebar->item(0)->data(Sidebar::countRole).toString(), u"80"_s);
    QTRY_COMPARE(sidebar->item(3)->data(Sidebar::countRole).toString(), u"6"_s);
    m_store->put({job(141, JobState::Failed)});
    QTRY_COMPARE(pane(u"failed"_s)->model().rowCount(), 7);
    QTRY_COMPARE_WITH_TIMEOUT(sidebar->item(3)->data(Sidebar::countRole).toString(), u"7"_s, 15'000);
}

void TestConsole::thirtyRowsAndTheErrorWithoutScrolling()
{
    m_window->resize(1500, 950);
    JobsPage *page = pane(u"failed"_s);
    JobTableView *table = page->table();
    QVERIFY(table->viewport()->height() / RowDelegate::rowHeight >= 30);
    for (const JobColumn column : {JobColumn::State, JobColumn::Duration, JobColumn::ErrorMessage}) {
        const int section = static_cast<int>(column);
        QVERIFY(!table->isColumnHidden(section));
        QVERIFY(table->columnViewportPosition(section) + table->columnWidth(section) <= table->viewport()->width());
    }
    QCOMPARE(table->horizontalScrollBar()->maximum(), 0);
}

void TestConsole::filterAsksTheStore()
{
    JobsPage *page = pane(u"all"_s);
    page->setFilterText(u"TOO LONG"_s);
    QTRY_COMPARE(page->model().rowCount(), 6);
    QCOMPARE(page->query().filter.text, u"TOO LONG"_s);
    QVERIFY(page->query().filter.textColumns.contains(u"ErrorMessage"_s));
    QVERIFY(!page->query().filter.textColumns.contains(u"BatchId"_s)); // not shown
    QTRY_VERIFY(page->countText().startsWith(u"6 "_s));
}

void TestConsole::filteredToNothingOffersTheWayBack()
{
    JobsPage *page = pane(u"all"_s);
    page->setFilterText(u"nowhere"_s);
    auto *placeholder = page->findChild<Placeholder *>();
    QTRY_VERIFY(placeholder->isVisible() && placeholder->headline().contains(u"nowhere"_s) && page->isSettled());
    placeholder->findChild<QPushButton *>()->click();
    QTRY_COMPARE(page->model().rowCount(), 140);
    QCOMPARE(page->filterText(), QString());
}

void TestConsole::detailsShowExactNumbers()
{
    choose(pane(u"failed"_s), 10);
    auto *tabs = m_window->findChild<QTabWidget *>(u"detailsTabs"_s);
    auto *request = tabs->findChild<BodyView *>(u"requestBody"_s);
    const QAbstractItemModel *tree = request->findChild<QTreeView *>()->model();
    QCOMPARE(tree->index(0, 1).data().toString(), u"9007199254740993"_s);
    QCOMPARE(tree->index(1, 1).data().toString(), u"1275.50"_s);
    QCOMPARE(request->findChild<QPlainTextEdit *>()->toPlainText(), u"{\"number\":9007199254740993,\"total\":1275.50}"_s);
    const auto fields = tabs->findChild<FieldList *>()->fields();
    QCOMPARE(fields.constFirst().value, u"Timeout: it took too long"_s);
}

void TestConsole::aQueuedJobSaysWhyItWaits()
{
    m_store->setWaitReasons({{u"workerBusy"_s, u"worker mail runs job 61"_s}});
    choose(pane(u"queue"_s), 100);
    auto *box = m_window->findChild<WaitBox *>();
    QVERIFY(box->isVisible());
    QVERIFY(box->accessibleName().contains(u"worker mail runs job 61"_s));
    choose(pane(u"failed"_s), 20);
    QVERIFY(!box->isVisible());
}

void TestConsole::requeueCanBeUndone()
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

void TestConsole::requeueHappensAfterItsTime()
{
    JobsPage *page = pane(u"failed"_s);
    choose(page, 20);
    m_actions->requeue->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_store->requeues().size(), 1, 15'000);
}

void TestConsole::cancelAsksAndNamesTheCount()
{
    JobsPage *page = pane(u"queue"_s);
    page->table()->goTo(100);
    page->table()->setFocus();
    QTest::keyClick(page->table(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(page->table(), Qt::Key_Down, Qt::ShiftModifier);
    QString verb;
    QString counts;
    bool defaultKeeps = false;
    auto answer = [&](bool act) {
        QTimer::singleShot(0, m_window.get(), [&, act] {
            auto *dialog = m_window->findChild<ConfirmDialog *>();
            auto *button = dialog->findChild<QPushButton *>(u"confirmAct"_s);
            verb = button->text();
            counts = dialog->findChild<QLabel *>(u"confirmCounts"_s)->text();
            defaultKeeps = !button->isDefault();
            act ? dialog->accept() : dialog->reject();
        });
        m_actions->cancel->trigger();
    };
    answer(false);
    QCOMPARE(verb, u"Cancel 3 jobs"_s);
    QVERIFY(counts.contains(u"3  queued"_s));
    QVERIFY(defaultKeeps);
    QVERIFY(m_store->cancels().isEmpty());
    answer(true);
    QTRY_COMPARE(m_store->cancels().size(), 1);
    QList<std::int64_t> ids = m_store->cancels().constFirst().ids;
    std::ranges::sort(ids);
    QCOMPARE(ids, (QList<std::int64_t>{98, 99, 100}));
    QTRY_COMPARE(page->model().rowCount(), 77);
}

void TestConsole::allMatchingIsAPredicate()
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

void TestConsole::selectionAndScrollStay()
{
    JobsPage *page = pane(u"queue"_s);
    JobTableView *table = page->table();
    table->goTo(110);
    table->verticalScrollBar()->setValue(20);
    const auto top = [&] { return page->model().idAt(table->rowAt(0)); };
    const std::int64_t topId = top();
    const int width = table->columnWidth(static_cast<int>(JobColumn::Name));
    std::int64_t newest = 140;
    for (int round = 0; round < 10; ++round) {
        QList<Job> fresh;
        for (int number = 0; number < 5; ++number)
            fresh.append(job(++newest, JobState::Queued));
        m_store->put(fresh);
        m_store->remove({140 - round, 62 + round});
        QTRY_COMPARE_WITH_TIMEOUT(page->model().idAt(0), newest, 10'000);
        QTRY_COMPARE(page->model().rowOf(62 + round), -1);
        QCOMPARE(top(), topId);
        QCOMPARE(table->currentId(), 110);
        QCOMPARE(table->selectedIds(), QList<std::int64_t>{110});
        QCOMPARE(table->columnWidth(static_cast<int>(JobColumn::Name)), width);
    }
}

void TestConsole::readOnlyDisablesWithTheReason()
{
    m_store->setInfo({u"/fake"_s, true, false, true, {}});
    m_window->connection().attach(m_store);
    choose(pane(u"failed"_s), 10);
    for (const QAction *action : {m_actions->requeue, m_actions->cancel, m_actions->requeueShown, m_actions->startHost}) {
        QVERIFY(!action->isEnabled());
        QVERIFY(action->toolTip().contains(u"read-only"_s));
    }
    m_window->showPane(u"workers"_s);
    QVERIFY(!m_window->findChild<QPushButton *>(u"pauseWorker"_s)->isEnabled());
}

void TestConsole::lockKeepsFromChanging()
{
    choose(pane(u"failed"_s), 10);
    QVERIFY(m_actions->requeue->isEnabled());
    m_window->connection().setLocked(true);
    QVERIFY(!m_actions->requeue->isEnabled());
    m_window->connection().setLocked(false);
    QVERIFY(m_actions->requeue->isEnabled());
}

void TestConsole::failureKeepsTheRows()
{
    JobsPage *page = pane(u"all"_s);
    m_store->setError(Error{ErrorCode::Io, u"the file is gone"_s});
    m_actions->refresh->trigger();
    QTRY_VERIFY(shownStrip() && shownStrip()->text().contains(u"the file is gone"_s));
    QCOMPARE(page->model().rowCount(), 140);
    m_store->setError({});
    press(shownStrip(), u"Retry"_s);
    QTRY_VERIFY(!shownStrip());
}

void TestConsole::emptyPanesSayWhatIsNext()
{
    m_window->connection().attach(std::make_shared<test::FakeJobStore>());
    for (const QString &key : LaunchOptions::views()) {
        m_window->showPane(key);
        QTRY_VERIFY2(m_window->isSettled(), qPrintable(key));
        auto *placeholder = m_window->page()->findChild<Placeholder *>();
        QVERIFY2(placeholder->isVisible(), qPrintable(key));
        QVERIFY(!placeholder->headline().isEmpty() && !placeholder->accessibleDescription().isEmpty());
    }
}

void TestConsole::workersArePausedAndResumed()
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

void TestConsole::columnsAreRememberedByName()
{
    JobTableView *table = pane(u"all"_s)->table();
    table->horizontalHeader()->resizeSection(static_cast<int>(JobColumn::Name), 211);
    table->horizontalHeader()->moveSection(table->horizontalHeader()->visualIndex(static_cast<int>(JobColumn::Worker)), 1);
    m_window = std::make_unique<MainWindow>(*m_settings);
    table = m_window->findChild<JobTableView *>(u"allTable"_s);
    QCOMPARE(table->columnWidth(static_cast<int>(JobColumn::Name)), 211);
    QCOMPARE(table->horizontalHeader()->visualIndex(static_cast<int>(JobColumn::Worker)), 1);
    m_actions = m_window->findChild<WindowActions *>();
    m_actions->resetLayout->trigger();
    QVERIFY(table->horizontalHeader()->visualIndex(static_cast<int>(JobColumn::Worker)) > 1);
}

void TestConsole::keysReachEverything()
{
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTest::keyClick(m_window.get(), Qt::Key_4, Qt::AltModifier);
    QCOMPARE(m_window->page()->key(), u"failed"_s);
    pane(u"failed"_s);
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QTRY_COMPARE(QApplication::focusWidget()->objectName(), u"filterText"_s);
    QTest::keyClicks(QApplication::focusWidget(), u"ref30"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(pane(u"failed"_s)->model().rowCount(), 1);
    QTRY_COMPARE(QApplication::focusWidget()->objectName(), u"failedTable"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Home);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(m_window->details()->jobId(), 30);
}

void TestConsole::everyFocusableWidgetHasAName()
{
    choose(pane(u"failed"_s), 10);
    for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus) || qobject_cast<const QAbstractScrollArea *>(widget->parentWidget()))
            continue;
        auto *accessible = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
        QVERIFY(accessible);
        const bool named = !accessible->text(QAccessible::Name).isEmpty() || !accessible->text(QAccessible::Value).isEmpty();
        QVERIFY2(named, qPrintable(u"%1 %2"_s.arg(QLatin1StringView(widget->metaObject()->className()), widget->objectName())));
    }
}

void TestConsole::welcomeWithoutAStore()
{
    m_window->connection().detach();
    auto *attach = m_window->findChild<QPushButton *>(u"attach"_s);
    QVERIFY(attach->isVisible());
    QVERIFY(!m_window->findChild<Sidebar *>()->isVisible());
    QVERIFY(!m_actions->exportCsv->isEnabled());
}

void TestConsole::aFolderThatIsNoStoreIsSaidSo()
{
    m_window->attach(m_folder->filePath(u"nothing"_s));
    QTRY_VERIFY(!m_window->connection().isAttaching());
    QVERIFY(!m_window->connection().isAttached());
    QVERIFY(shownStrip());
    QVERIFY(m_window->findChild<QPushButton *>(u"attach"_s)->isVisible());
    QVERIFY(!QFileInfo::exists(m_folder->filePath(u"nothing"_s)));
}

void TestConsole::lookingLeavesNoTrace()
{
    const QString source = QStringLiteral(STINT_TEST_DATA "/servicestack-killed");
    if (!QFileInfo::exists(source))
        QSKIP("the recorded stores are not here");
    const QString folder = m_folder->filePath(u"killed"_s);
    QVERIFY(QDir().mkpath(folder));
    for (const QFileInfo &file : QDir(source).entryInfoList(QDir::Files)) {
        QVERIFY(QFile::copy(file.filePath(), folder + u'/' + file.fileName()));
        QFile::setPermissions(folder + u'/' + file.fileName(), QFile::ReadOwner | QFile::WriteOwner);
    }
    const QByteArray before = traceOf(folder);
    m_window->attach(folder);
    QTRY_VERIFY(m_window->connection().isAttached());
    for (const QString &key : LaunchOptions::views()) {
        m_window->showPane(key);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isSettled(), 10'000);
    }
    m_window->openJob(293);
    QTRY_VERIFY(m_window->details()->job());
    QCOMPARE(traceOf(folder), before);
    m_window->connection().detach();
    m_window.reset();
    QCOMPARE(traceOf(folder), before);
}

QTEST_MAIN(TestConsole)
#include "tst_console.moc"
