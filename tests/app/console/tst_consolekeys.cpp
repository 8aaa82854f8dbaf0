// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/console/consolefixture.h"

#include "app/console/pages/jobtableview.h"

#include <QAccessible>
#include <QHeaderView>

using namespace stint;
using namespace Qt::StringLiterals;

/// The window without a mouse, and what it remembers.
class TestConsoleKeys final : public test::ConsoleFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { makeWindow(); }
    void cleanup() { closeWindow(); }

    void columnsAreRememberedByName();
    void keysReachEverything();
    void everyFocusableWidgetHasAName();
};

void TestConsoleKeys::columnsAreRememberedByName()
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

void TestConsoleKeys::keysReachEverything()
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

void TestConsoleKeys::everyFocusableWidgetHasAName()
{
    choose(pane(u"failed"_s), 10);
    for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)
            || qobject_cast<const QAbstractScrollArea *>(widget->parentWidget()))
            continue;
        auto *accessible = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
        QVERIFY(accessible);
        const bool named = !accessible->text(QAccessible::Name).isEmpty() || !accessible->text(QAccessible::Value).isEmpty();
        QVERIFY2(named, qPrintable(u"%1 %2"_s.arg(QLatin1StringView(widget->metaObject()->className()), widget->objectName())));
    }
}

QTEST_MAIN(TestConsoleKeys)
#include "tst_consolekeys.moc"
