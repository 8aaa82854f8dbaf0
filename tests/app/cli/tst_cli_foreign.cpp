// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/cli/stintprocess.h"

#include <QJsonDocument>
#include <QTest>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace stint::test;

/// Folders that ServiceStack itself has made. What its own server answered is the truth to compare with.
class TestCliForeign final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void rowsAreAsItsOwnServerReadsThem_data();
    void rowsAreAsItsOwnServerReadsThem();
    void jobsAreAsItsOwnServerShowsThem();
    void monthsMergeNewestFirst();
    void scheduledTasksAreExported();
    void lookingLeavesNoTrace_data();
    void lookingLeavesNoTrace();
    void w31_jsvColumnsAreRead();
    void wcfDatesAndStackTracesAreRead();
    void theQueueOfAKilledServerIsRead();
    void nothingIsChangedWithoutAdopting();

private:
    struct Recorded {
        QString call;
        QUrlQuery query;
        QJsonObject answer;
    };
    QList<Recorded> m_recorded;
    QTemporaryDir m_copies;
    QString m_shop;
};

namespace {

Answer look(const QString &folder, const QStringList &arguments)
{
    return runStint(QStringList{u"--db"_s, folder} + arguments);
}

QJsonArray listed(const QString &folder, const QStringList &arguments)
{
    return look(folder, QStringList{u"list"_s, u"--json"_s, u"--reveal"_s, u"--limit"_s, u"100000"_s} + arguments).array();
}

QByteArray text(const QJsonValue &value)
{
    return QJsonDocument(value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject())).toJson();
}

} // namespace

void TestCliForeign::initTestCase()
{
    QFile file(QString::fromLatin1(STINT_TEST_DATA "/servicestack-http/autoquery.jsonl"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    while (!file.atEnd()) {
        const QJsonObject call = QJsonDocument::fromJson(file.readLine()).object();
        const QString path = call.value("path"_L1).toString();
        if (call.value("status"_L1).toInt() == 200 && call.value("method"_L1).toString() == u"GET")
            m_recorded.append({path.section(u'?', 0, 0).section(u'/', -1), QUrlQuery(path.section(u'?', 1)),
                               QJsonDocument::fromJson(call.value("body"_L1).toString().toUtf8()).object()});
    }
    m_shop = copyOf(u"servicestack-sqlite"_s, m_copies);
    QVERIFY(!m_shop.isEmpty());
}

void TestCliForeign::rowsAreAsItsOwnServerReadsThem_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QJsonArray>("expected");
    const QHash<QString, QString> panes{{u"AdminQueryJobSummary"_s, u"all"_s},
                                        {u"AdminQueryCompletedJobs"_s, u"completed"_s},
                                        {u"AdminQueryFailedJobs"_s, u"failed"_s},
                                        {u"AdminQueryBackgroundJobs"_s, u"queue"_s},
                                        {u"AdminQueryScheduledTasks"_s, u"scheduled"_s}};
    for (const Recorded &recorded : std::as_const(m_recorded)) {
        if (!panes.contains(recorded.call) || recorded.query.queryItemValue(u"orderBy"_s) != u"Id")
            continue;
        const QString month = recorded.query.queryItemValue(u"month"_s).left(7);
        QStringList arguments{u"--pane"_s, panes.value(recorded.call)};
        if (!month.isEmpty())
            arguments << u"--month"_s << month;
        QTest::newRow(qPrintable(arguments.join(u' '))) << arguments << recorded.answer.value("results"_L1).toArray();
    }
}

void TestCliForeign::rowsAreAsItsOwnServerReadsThem()
{
    QFETCH(QStringList, arguments);
    QFETCH(QJsonArray, expected);
    const QJsonArray rows = listed(m_shop, arguments);
    QCOMPARE(rows.size(), expected.size());
    for (qsizetype index = 0; index < rows.size(); ++index) {
        const QJsonObject row = rows.at(index).toObject();
        const QJsonObject wanted = expected.at(expected.size() - 1 - index).toObject();
        QVERIFY2(row == wanted, text(row) + "expected\n" + text(wanted));
    }
}

void TestCliForeign::jobsAreAsItsOwnServerShowsThem()
{
    int compared = 0;
    for (const Recorded &recorded : std::as_const(m_recorded)) {
        if (recorded.call != u"AdminGetJob")
            continue;
        const QString key = recorded.query.queryItems().constFirst().second;
        const QJsonObject shown = look(m_shop, {u"show"_s, key, u"--json"_s, u"--reveal"_s}).object();
        const QJsonObject &wanted = recorded.answer;
        QVERIFY2(shown.value("summary"_L1) == wanted.value("result"_L1), text(shown) + text(wanted));
        for (const QLatin1StringView place : {"queued"_L1, "completed"_L1, "failed"_L1})
            QVERIFY2(shown.value(place) == wanted.value(place), text(shown) + text(wanted));
        QVERIFY(shown.value("waitingFor"_L1).isArray());
        QVERIFY(shown.value("attempts"_L1).isArray());
        QStringList lines;
        for (const QJsonValue line : shown.value("logs"_L1).toArray())
            lines.append(line.toObject().value("message"_L1).toString());
        const QJsonObject job = wanted.value(wanted.contains("failed"_L1) ? "failed"_L1 : "completed"_L1).toObject();
        QCOMPARE(lines.join(u'\n'), job.value("logs"_L1).toString());
        ++compared;
    }
    QVERIFY(compared >= 14);
}

void TestCliForeign::monthsMergeNewestFirst()
{
    QJsonArray merged;
    for (const QString &month : {u"2026-11"_s, u"2026-10"_s, u"2026-09"_s, u"2026-08"_s}) {
        for (const QJsonValue row : listed(m_shop, {u"--pane"_s, u"completed"_s, u"--month"_s, month}))
            merged.append(row);
    }
    const QJsonArray all = listed(m_shop, {u"--pane"_s, u"completed"_s});
    QCOMPARE(all.size(), 241);
    qint64 before = std::numeric_limits<qint64>::max();
    for (const QJsonValue row : all) {
        const qint64 id = row.toObject().value("id"_L1).toInteger();
        QVERIFY(id < before);
        QVERIFY(merged.contains(row));
        before = id;
    }
    // The same in pages.
    QJsonArray paged;
    while (paged.size() < all.size()) {
        const QString after = paged.isEmpty() ? u"1000000"_s : QString::number(paged.last().toObject().value("id"_L1).toInteger());
        const QJsonArray page
            = look(m_shop, {u"list"_s, u"--json"_s, u"--reveal"_s, u"--pane"_s, u"completed"_s, u"--limit"_s, u"7"_s, u"--after"_s, after})
                  .array();
        QVERIFY(!page.isEmpty());
        for (const QJsonValue row : page)
            paged.append(row);
    }
    QCOMPARE(paged, all);
}

void TestCliForeign::scheduledTasksAreExported()
{
    const QStringList exportTasks{u"export"_s, u"--pane"_s, u"scheduled"_s, u"--output"_s, u"-"_s};
    const Answer lines = look(m_shop, exportTasks + QStringList{u"--format"_s, u"jsonl"_s, u"--reveal"_s});
    QCOMPARE(lines.exitCode, 0);
    const QByteArray array = '[' + lines.out.trimmed().replace('\n', ',') + ']';
    const QJsonArray tasks = listed(m_shop, {u"--pane"_s, u"scheduled"_s});
    QVERIFY(!tasks.isEmpty());
    QCOMPARE((Answer{0, array, {}}).array(), tasks);

    const Answer csv = look(m_shop, exportTasks + QStringList{u"--columns"_s, u"id,name"_s});
    QCOMPARE(csv.exitCode, 0);
    QByteArray expected = "id,name\r\n";
    for (const QJsonValue task : tasks)
        expected += QByteArray::number(task["id"_L1].toInteger()) + ',' + task["name"_L1].toString().toUtf8() + "\r\n";
    QCOMPARE(csv.out, expected);
}

void TestCliForeign::lookingLeavesNoTrace_data()
{
    QTest::addColumn<QString>("folder");
    for (const QString &folder : {u"servicestack-sqlite"_s, u"servicestack-killed"_s, u"servicestack-jsv"_s, u"servicestack-wcf"_s})
        QTest::newRow(qPrintable(folder)) << folder;
}

void TestCliForeign::lookingLeavesNoTrace()
{
    QFETCH(QString, folder);
    const QTemporaryDir target;
    const QString copy = copyOf(folder, target);
    const QStringList before = fingerprint(copy);
    QVERIFY(before.size() >= 3);
    for (const QString &pane : {u"queue"_s, u"all"_s, u"completed"_s, u"failed"_s, u"scheduled"_s}) {
        const Answer answer = look(copy, {u"list"_s, u"--pane"_s, pane});
        QVERIFY2(answer.exitCode == 0, answer.err);
        QCOMPARE(fingerprint(copy), before);
    }
    for (const QStringList &arguments : {QStringList{u"show"_s, u"5"_s}, QStringList{u"worker"_s, u"list"_s}, QStringList{u"check"_s},
                                         QStringList{u"export"_s, u"--pane"_s, u"all"_s, u"--output"_s, u"-"_s}}) {
        QVERIFY(look(copy, arguments).exitCode >= 0);
        QCOMPARE(fingerprint(copy), before);
    }
}

void TestCliForeign::w31_jsvColumnsAreRead()
{
    const QString folder = copyOf(u"servicestack-jsv"_s, m_copies);
    const QJsonArray failed = listed(folder, {u"--pane"_s, u"failed"_s});
    QVERIFY(failed.size() > 10);
    for (const QJsonValue row : failed) {
        const QJsonObject job = row.toObject();
        const QJsonObject error = job.value("error"_L1).toObject();
        QVERIFY2(!error.value("message"_L1).toString().isEmpty(), text(job));
        QCOMPARE(error.value("errorCode"_L1), job.value("errorCode"_L1));
    }
    bool hasArgs = false;
    for (const QString &pane : {u"completed"_s, u"failed"_s, u"queue"_s}) {
        for (const QJsonValue row : listed(folder, {u"--pane"_s, pane}))
            hasArgs = hasArgs || !row.toObject().value("args"_L1).toObject().isEmpty();
    }
    QVERIFY(hasArgs);
    bool hasOptions = false;
    for (const QJsonValue row : listed(folder, {u"--pane"_s, u"scheduled"_s}))
        hasOptions = hasOptions || !row.toObject().value("options"_L1).toObject().isEmpty();
    QVERIFY(hasOptions);
}

void TestCliForeign::wcfDatesAndStackTracesAreRead()
{
    const QString folder = copyOf(u"servicestack-wcf"_s, m_copies);
    const QJsonArray failed = listed(folder, {u"--pane"_s, u"failed"_s});
    QVERIFY(!failed.isEmpty());
    bool hasStackTrace = false;
    for (const QJsonValue row : failed)
        hasStackTrace = hasStackTrace || row.toObject().value("error"_L1).toObject().value("stackTrace"_L1).toString().contains(u'\n');
    QVERIFY(hasStackTrace);
    bool hasWcfBody = false;
    for (const QJsonValue row : listed(folder, {u"--pane"_s, u"completed"_s}))
        hasWcfBody = hasWcfBody || row.toObject().value("requestBody"_L1).toString().contains(u"\\/Date("_s);
    QVERIFY(hasWcfBody);
    for (const QJsonValue row : listed(folder, {u"--pane"_s, u"scheduled"_s})) {
        const QJsonValue date = row.toObject().value("options"_L1).toObject().value("runAfter"_L1);
        QVERIFY(date.isUndefined() || date.toString().endsWith(u'Z'));
    }
}

void TestCliForeign::theQueueOfAKilledServerIsRead()
{
    const QString folder = copyOf(u"servicestack-killed"_s, m_copies);
    const QJsonArray queue = listed(folder, {u"--pane"_s, u"queue"_s});
    QCOMPARE(queue.size(), 9);
    QStringList codes;
    for (const QJsonValue row : queue) {
        const QJsonObject shown
            = look(folder, {u"show"_s, QString::number(row.toObject().value("id"_L1).toInteger()), u"--json"_s}).object();
        QVERIFY(shown.contains("queued"_L1));
        for (const QJsonValue reason : shown.value("waitingFor"_L1).toArray())
            codes.append(reason.toObject().value("code"_L1).toString());
    }
    QVERIFY2(codes.contains(u"dependsOn"_s), qPrintable(codes.join(u' ')));
    QVERIFY2(codes.contains(u"runAfter"_s), qPrintable(codes.join(u' ')));
}

void TestCliForeign::nothingIsChangedWithoutAdopting()
{
    const QTemporaryDir target;
    const QString copy = copyOf(u"servicestack-sqlite"_s, target);
    const QStringList before = fingerprint(copy);
    const Answer answer = look(copy, {u"host"_s, u"--drain"_s});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.saidOneLine(), answer.err);
    QVERIFY2(answer.err.contains("adopt"), answer.err);
    QCOMPARE(fingerprint(copy), before);
}

QTEST_GUILESS_MAIN(TestCliForeign)
#include "tst_cli_foreign.moc"
