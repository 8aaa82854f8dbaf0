// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/console/consolefixture.h"

#include "app/console/delegates/rowdelegate.h"
#include "app/console/pages/listpage.h"
#include "app/console/pages/placeholder.h"
#include "app/console/sidebar.h"

#include <QCryptographicHash>
#include <QDir>
#include <QScrollBar>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

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

/// What the panes of the window show.
class TestConsole final : public test::ConsoleFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { makeWindow(); }
    void cleanup() { closeWindow(); }

    void panesAndCountsAgree();
    void thirtyRowsAndTheErrorWithoutScrolling();
    void filterAsksTheStore();
    void filteredToNothingOffersTheWayBack();
    void selectionAndScrollStay();
    void failureKeepsTheRows();
    void emptyPanesSayWhatIsNext();
    void welcomeWithoutAStore();
    void aFolderThatIsNoStoreIsSaidSo();
    void lookingLeavesNoTrace();
};

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

void TestConsole::welcomeWithoutAStore()
{
    m_window->connection().detach();
    auto *attach = m_window->findChild<QPushButton *>(u"attach"_s);
    QVERIFY(attach->isVisible());
    QVERIFY(!m_window->findChild<Sidebar *>()->isVisible());
    QVERIFY(!m_actions->exportRows->isEnabled());
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
