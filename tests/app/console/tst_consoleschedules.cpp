// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/detailsdock.h"
#include "app/console/details/fieldlist.h"
#include "app/console/details/taskdetails.h"
#include "app/console/dialogs/questiondialog.h"
#include "app/console/dialogs/scheduledialog.h"
#include "app/console/messagestrip.h"
#include "app/console/pages/scheduledpage.h"
#include "engine/clock.h"
#include "tests/app/console/storefixture.h"

#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTableView>
#include <QTreeWidget>

using namespace stint;
using namespace Qt::StringLiterals;

/// What an operator does to the schedules of a store of files.
class TestConsoleSchedules : public test::StoreFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { makeWindow(); }
    void cleanup() { closeWindow(); }

    void aScheduleIsAdded();
    void aScheduleIsEdited();
    void aScheduleIsPausedResumedRunAndDeleted();
    void aRowShowsTheTaskAndNotTheJobOfItsId();
    void whatNeverRunsCannotBeSaved();
    void whatIsWrongWithAScheduleIsSaid();
    void aRefusedScheduleCanBeTriedAgain();
    void schedulesOfALockedWindowCannotBeChanged();
    void everyFieldHasAName();

private:
    ScheduledPage *schedules()
    {
        m_window->showPane(u"scheduled"_s);
        return qobject_cast<ScheduledPage *>(m_window->page());
    }
    void addTask(const QString &name, const QString &cron)
    {
        const NewTask task{.name = name, .schedule = *Schedule::cron(cron), .job = {.name = u"Simulate"_s}};
        const auto saved = waitFor<ScheduledTask>([&](auto done) { m_other->saveTask(task, done); });
        QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message));
        QTRY_VERIFY(schedules()->names().contains(name));
    }
    ScheduledTask storedTask(const QString &name)
    {
        const auto tasks = m_other->scheduledTasks();
        const auto found = std::ranges::find(*tasks, name, &ScheduledTask::name);
        return found == tasks->end() ? ScheduledTask{} : *found;
    }
    ScheduleDialog *open(QAction *action)
    {
        schedules();
        if (!QTest::qWaitFor([action] { return action->isEnabled(); }, 10'000))
            qFatal("the action stays disabled");
        action->trigger();
        auto *dialog = m_window->findChild<ScheduleDialog *>();
        return dialog ? dialog : (qFatal("no dialog"), nullptr);
    }
    template <typename Widget>
    static Widget *in(QWidget *dialog, const QString &name)
    {
        auto *widget = dialog->findChild<Widget *>(name);
        return widget ? widget : (qFatal("no widget %s", qPrintable(name)), nullptr);
    }
    static void type(QWidget *dialog, const QString &name, const QString &text)
    {
        auto *edit = in<QLineEdit>(dialog, name);
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    static QPushButton *saveButton(QWidget *dialog) { return in<QPushButton>(dialog, u"scheduleSave"_s); }
    static QString said(QWidget *dialog, const QString &label) { return in<QLabel>(dialog, label)->text(); }
};

void TestConsoleSchedules::aScheduleIsAdded()
{
    ScheduleDialog *dialog = open(m_actions->addSchedule);
    QVERIFY(!saveButton(dialog)->isEnabled());
    type(dialog, u"scheduleName"_s, u"nightly"_s);
    in<QComboBox>(dialog, u"scheduleCommand"_s)->setEditText(u"Report"_s);
    in<QPlainTextEdit>(dialog, u"scheduleRequest"_s)->setPlainText(u"{\"day\": 9007199254740993}"_s);
    type(dialog, u"scheduleCron"_s, u"30 2 * * MON-FRI"_s);
    in<QComboBox>(dialog, u"scheduleZone"_s)->setEditText(u"Europe/Berlin"_s);
    type(dialog, u"scheduleWorker"_s, u"reports"_s);
    type(dialog, u"scheduleTimeout"_s, u"90s"_s);
    QCOMPARE(said(dialog, u"scheduleWords"_s), u"At 02:30 on weekdays, Europe/Berlin time"_s);
    const auto *runs = in<QTreeWidget>(dialog, u"nextRuns"_s);
    QCOMPARE(runs->topLevelItemCount(), 10);
    auto due = CronExpression::parse(u"30 2 * * MON-FRI")->next(SystemClock().now(), QTimeZone("Europe/Berlin"));
    for (int row = 0; row < 10; ++row) {
        QVERIFY(QString::fromLatin1(toStoreText(*due)).startsWith(runs->topLevelItem(row)->text(2)));
        due = CronExpression::parse(u"30 2 * * MON-FRI")->next(*due, QTimeZone("Europe/Berlin"));
    }
    QVERIFY2(saveButton(dialog)->isEnabled(), qPrintable(saveButton(dialog)->toolTip()));
    saveButton(dialog)->click();
    QTRY_VERIFY(!m_window->findChild<ScheduleDialog *>());
    const ScheduledTask task = storedTask(u"nightly"_s);
    QCOMPARE(task.command, u"Report"_s);
    QCOMPARE(task.requestBody, QByteArrayLiteral("{\"day\": 9007199254740993}"));
    QCOMPARE(task.cronExpression, u"30 2 * * MON-FRI"_s);
    QCOMPARE(task.zone, u"Europe/Berlin"_s);
    QVERIFY(task.enabled && task.options && task.options->worker == u"reports"_s && task.options->timeoutSecs == 90);
    QTRY_COMPARE(schedules()->names(), QStringList{u"nightly"_s});
}

void TestConsoleSchedules::aScheduleIsEdited()
{
    NewTask task{.name = u"b"_s, .schedule = *Schedule::cron(u"@daily"_s), .job = {.name = u"Simulate"_s}};
    task.job.requestBody = "{\"text\":\"a\u00a0b\",\r\n\"n\":1.50}";
    task.job.options.userId = u"u7"_s;
    task.missedRuns = MissedRuns::catchUp(7);
    QVERIFY(waitFor<ScheduledTask>([&](auto done) { m_other->saveTask(task, done); }));
    addTask(u"c"_s, u"@daily"_s);
    schedules()->choose(u"b"_s);
    QTRY_VERIFY(schedules()->task() && schedules()->task()->name == u"b"_s);
    schedules()->focusTable();
    ScheduleDialog *dialog = open(m_actions->editSchedule);
    QVERIFY(in<QLineEdit>(dialog, u"scheduleName"_s)->isReadOnly());
    QCOMPARE(said(dialog, u"scheduleWords"_s), u"At 00:00 every day, UTC"_s);
    in<QRadioButton>(dialog, u"byInterval"_s)->click();
    type(dialog, u"scheduleInterval"_s, u"10m"_s);
    QCOMPARE(said(dialog, u"scheduleWords"_s), u"Every 10 min"_s);
    in<QCheckBox>(dialog, u"scheduleNoOverlap"_s)->click();
    type(dialog, u"scheduleTag"_s, u"x"_s);
    saveButton(dialog)->click();
    QTRY_VERIFY(!m_window->findChild<ScheduleDialog *>());
    const ScheduledTask saved = storedTask(u"b"_s);
    QCOMPARE(saved.interval, std::optional<Ticks>(std::chrono::minutes{10}));
    QVERIFY(saved.cronExpression.isEmpty() && saved.noOverlap);
    QCOMPARE(saved.requestBody, task.job.requestBody);
    QCOMPARE(saved.missedRuns, task.missedRuns);
    QVERIFY(saved.options && saved.options->userId == u"u7"_s && saved.options->tag == u"x"_s);
    QTRY_VERIFY(schedules()->task() && schedules()->task()->interval);
}

void TestConsoleSchedules::aScheduleIsPausedResumedRunAndDeleted()
{
    addTask(u"nightly"_s, u"30 2 * * *"_s);
    QTRY_VERIFY(m_actions->pauseSchedule->isEnabled());
    QCOMPARE(m_actions->pauseSchedule->text(), u"Pause"_s);
    m_actions->pauseSchedule->trigger();
    QTRY_COMPARE(m_actions->pauseSchedule->text(), u"Resume"_s);
    QVERIFY(!storedTask(u"nightly"_s).enabled);
    m_actions->pauseSchedule->trigger();
    QTRY_COMPARE(m_actions->pauseSchedule->text(), u"Pause"_s);
    QVERIFY(storedTask(u"nightly"_s).enabled);

    m_actions->runSchedule->trigger();
    QTRY_VERIFY(schedules()->task()->lastJobId);
    const std::int64_t job = *schedules()->task()->lastJobId;
    const auto found = m_other->find(job);
    QVERIFY(found && *found && (*found)->summary.state == JobState::Queued);
    const auto *fields = m_window->findChild<TaskDetails *>()->findChild<FieldList *>();
    QTRY_VERIFY(std::ranges::any_of(fields->fields(), [job](const FieldList::Field &field) { return field.jobId == job; }));

    m_actions->deleteSchedule->trigger();
    auto *question = m_window->findChild<QuestionDialog *>();
    QVERIFY(question && question->windowTitle().contains(u"nightly"_s));
    QVERIFY(said(question, u"questionConsequence"_s).contains(u"stay"_s));
    QVERIFY(in<QPushButton>(question, u"questionKeep"_s)->isDefault());
    in<QPushButton>(question, u"questionKeep"_s)->click();
    QTRY_VERIFY(!m_window->findChild<QuestionDialog *>());
    QVERIFY(storedTask(u"nightly"_s).id > 0);
    m_actions->deleteSchedule->trigger();
    in<QPushButton>(m_window->findChild<QuestionDialog *>(), u"questionAct"_s)->click();
    QTRY_VERIFY(schedules()->names().isEmpty());
    QCOMPARE(storedTask(u"nightly"_s).id, 0);
    QTRY_VERIFY(!m_actions->deleteSchedule->isEnabled());
}

void TestConsoleSchedules::aRowShowsTheTaskAndNotTheJobOfItsId()
{
    enqueue(3, u"a"_s);
    addTask(u"nightly"_s, u"30 2 * * *"_s);
    auto *table = schedules()->table();
    QTRY_VERIFY(table->isVisible());
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(0, 1)).center());
    const auto *details = m_window->findChild<TaskDetails *>();
    QTRY_VERIFY(details->isVisible());
    QCOMPARE(details->findChild<FieldList *>()->fields().constFirst().value, u"nightly  (id 1)"_s);
    QCOMPARE(details->findChild<QTreeWidget *>(u"nextRuns"_s)->topLevelItemCount(), 10);
    QVERIFY(!m_window->details()->isVisible());
    QVERIFY(m_window->details()->jobId() != 1);
    // Nor do keys open that job.
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    schedules()->focusTable();
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_F2}) {
        QTest::keyClick(table, key);
        auto *dialog = m_window->findChild<ScheduleDialog *>();
        QVERIFY(dialog && in<QLineEdit>(dialog, u"scheduleName"_s)->text() == u"nightly"_s);
        dialog->reject();
        QTRY_VERIFY(!m_window->findChild<ScheduleDialog *>());
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        schedules()->focusTable();
    }
    QTest::keyClick(table, Qt::Key_Delete);
    QVERIFY(m_window->findChild<QuestionDialog *>());
    QVERIFY(!m_window->details()->isVisible());
}

void TestConsoleSchedules::whatNeverRunsCannotBeSaved()
{
    ScheduleDialog *dialog = open(m_actions->addSchedule);
    type(dialog, u"scheduleName"_s, u"never"_s);
    in<QComboBox>(dialog, u"scheduleCommand"_s)->setEditText(u"Report"_s);
    type(dialog, u"scheduleCron"_s, u"0 0 31 2 *"_s);
    QVERIFY2(said(dialog, u"scheduleWords"_s).contains(u"never runs"_s), qPrintable(said(dialog, u"scheduleWords"_s)));
    QCOMPARE(said(dialog, u"noRuns"_s), u"never runs"_s);
    QVERIFY(!saveButton(dialog)->isEnabled());
    QVERIFY(saveButton(dialog)->toolTip().contains(u"never runs"_s));
    QTest::keyClick(in<QLineEdit>(dialog, u"scheduleCron"_s), Qt::Key_Return);
    QVERIFY(dialog->isVisible());
    type(dialog, u"scheduleCron"_s, u"0 0 31 3 *"_s);
    QVERIFY(saveButton(dialog)->isEnabled());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!m_window->findChild<ScheduleDialog *>());
    QCOMPARE(storedTask(u"never"_s).id, 0);
}

void TestConsoleSchedules::whatIsWrongWithAScheduleIsSaid()
{
    addTask(u"taken"_s, u"@daily"_s);
    ScheduleDialog *dialog = open(m_actions->addSchedule);
    QVERIFY(said(dialog, u"scheduleProblem"_s).contains(u"name"_s));
    type(dialog, u"scheduleName"_s, u"taken"_s);
    QVERIFY(said(dialog, u"scheduleProblem"_s).contains(u"already"_s));
    type(dialog, u"scheduleName"_s, u"free"_s);
    QVERIFY(said(dialog, u"scheduleProblem"_s).contains(u"command"_s));
    in<QComboBox>(dialog, u"scheduleCommand"_s)->setEditText(u"Report"_s);
    in<QPlainTextEdit>(dialog, u"scheduleRequest"_s)->setPlainText(u"{\n\"a\": tru\n}"_s);
    const QString json = said(dialog, u"scheduleHint"_s);
    QVERIFY2(json.contains(u"not JSON"_s) && json.contains(u"line 2"_s), qPrintable(json));
    in<QPlainTextEdit>(dialog, u"scheduleRequest"_s)->setPlainText(u"{}"_s);
    type(dialog, u"scheduleCron"_s, u"0 25 * * *"_s);
    const QString cron = said(dialog, u"scheduleWords"_s);
    QVERIFY2(cron.contains(u"Hours"_s) && cron.contains(u"position 3"_s), qPrintable(cron));
    type(dialog, u"scheduleCron"_s, u"0 5 * * *"_s);
    in<QComboBox>(dialog, u"scheduleZone"_s)->setEditText(u"Europe/Nowhere"_s);
    QVERIFY(said(dialog, u"scheduleWords"_s).contains(u"Europe/Nowhere"_s));
    in<QRadioButton>(dialog, u"byInterval"_s)->click();
    for (const QString &interval : {u"99ms"_s, u"soon"_s, u"9223372036854775807ms"_s, u"36501d"_s}) {
        type(dialog, u"scheduleInterval"_s, interval);
        QVERIFY2(!saveButton(dialog)->isEnabled(), qPrintable(interval));
    }
    type(dialog, u"scheduleInterval"_s, u"100ms"_s);
    QVERIFY2(saveButton(dialog)->isEnabled(), qPrintable(saveButton(dialog)->toolTip()));
}

void TestConsoleSchedules::aRefusedScheduleCanBeTriedAgain()
{
    ScheduleDialog *dialog = open(m_actions->addSchedule);
    type(dialog, u"scheduleName"_s, u"a"_s);
    in<QComboBox>(dialog, u"scheduleCommand"_s)->setEditText(u"Unheard"_s);
    type(dialog, u"scheduleCron"_s, u"@daily"_s);
    HostInfo host{.id = u"h1"_s, .name = u"machine:1"_s, .startedDate = SystemClock().now()};
    host.commands = {{.name = u"Simulate"_s}};
    const auto hosting = m_other->beginHosting(host, false);
    QVERIFY2(hosting, hosting ? "" : qPrintable(hosting.error().message));
    saveButton(dialog)->click();
    auto *strip = dialog->findChild<MessageStrip *>();
    QTRY_VERIFY(strip->isVisible());
    QVERIFY2(strip->text().contains(u"Unheard"_s), qPrintable(strip->text()));
    QVERIFY(dialog->isVisible() && saveButton(dialog)->isEnabled());
    in<QComboBox>(dialog, u"scheduleCommand"_s)->setEditText(u"Simulate"_s);
    saveButton(dialog)->click();
    QTRY_COMPARE(storedTask(u"a"_s).command, u"Simulate"_s);

    // The next dialog knows the host.
    QTRY_VERIFY(!m_window->connection().hosts().isEmpty());
    QTRY_VERIFY(!m_window->findChild<ScheduleDialog *>());
    dialog = open(m_actions->addSchedule);
    auto *command = in<QComboBox>(dialog, u"scheduleCommand"_s);
    QCOMPARE(command->count(), 1);
    command->setEditText(u"Unheard"_s);
    type(dialog, u"scheduleName"_s, u"b"_s);
    type(dialog, u"scheduleCron"_s, u"@daily"_s);
    QVERIFY(!saveButton(dialog)->isEnabled());
    in<QCheckBox>(dialog, u"scheduleForce"_s)->click();
    saveButton(dialog)->click();
    QTRY_COMPARE(storedTask(u"b"_s).command, u"Unheard"_s);
    m_other->endHosting();
}

void TestConsoleSchedules::schedulesOfALockedWindowCannotBeChanged()
{
    addTask(u"nightly"_s, u"@daily"_s);
    QTRY_VERIFY(m_actions->runSchedule->isEnabled());
    m_window->connection().setLocked(true);
    for (const QAction *action :
         {m_actions->addSchedule, m_actions->editSchedule, m_actions->pauseSchedule, m_actions->runSchedule, m_actions->deleteSchedule}) {
        QVERIFY(!action->isEnabled());
        QVERIFY(action->toolTip().contains(u"locked"_s));
    }
    m_window->connection().setLocked(false);
    QVERIFY(m_actions->deleteSchedule->isEnabled());
    m_window->showPane(u"queue"_s);
    QTRY_VERIFY(!m_actions->deleteSchedule->isEnabled());
    QVERIFY(m_actions->deleteSchedule->toolTip().contains(u"pane Scheduled"_s));
    QVERIFY(m_actions->addSchedule->isEnabled());
}

void TestConsoleSchedules::everyFieldHasAName()
{
    addTask(u"nightly"_s, u"@daily"_s);
    QTRY_VERIFY(schedules()->isSettled());
    const ScheduleDialog *dialog = open(m_actions->addSchedule);
    for (const QWidget *place : std::initializer_list<const QWidget *>{schedules(), dialog}) {
        for (QWidget *widget : place->findChildren<QWidget *>()) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)
                || qobject_cast<QAbstractScrollArea *>(widget->parentWidget()) || qobject_cast<QComboBox *>(widget->parentWidget())
                || qobject_cast<QSpinBox *>(widget->parentWidget()))
                continue;
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(accessible);
            QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(),
                     qPrintable(u"%1 %2"_s.arg(QLatin1StringView(widget->metaObject()->className()), widget->objectName())));
        }
    }
}

QTEST_MAIN(TestConsoleSchedules)
#include "tst_consoleschedules.moc"
