// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/cronexpression.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <initializer_list>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

/// Makes expressions of what both dialects write alike: no wrapped ranges, no `?`, `W`, `L-n`, `dL`; day of month AND
/// day of week is an option of croniter.
class Expressions final
{
public:
    explicit Expressions(quint32 seed)
        : m_random(seed)
    {
    }

    [[nodiscard]] QString next()
    {
        QStringList fields;
        if (oneIn(4))
            fields.append(field(0, 59));
        fields << field(0, 59) << field(0, 23) << daysOfMonth() << field(1, 12, months) << daysOfWeek();
        return fields.join(oneIn(8) ? u"  "_s : u" "_s);
    }
    [[nodiscard]] qint64 moment() { return qint64{number(0, 2'000'000'000)}; }

private:
    using Names = std::initializer_list<const char *>;
    static constexpr Names months{"jan", "FEB", "mar", "Apr", "may", "JUN", "jul", "Aug", "sep", "oct", "NOV", "dec"};
    static constexpr Names weekdays{"sun", "MON", "tue", "Wed", "thu", "FRI", "sat"};

    int number(int lowest, int highest) { return m_random.bounded(lowest, highest + 1); }
    bool oneIn(int chances) { return number(1, chances) == 1; }

    QString value(int number, int first, Names names)
    {
        const int index = number - first;
        if (index < static_cast<int>(names.size()) && oneIn(3))
            return QString::fromLatin1(names.begin()[index]);
        return oneIn(10) && number < 10 ? u'0' + QString::number(number) : QString::number(number);
    }
    QString item(int first, int last, Names names)
    {
        const int low = number(first, last);
        const int step = number(1, last);
        switch (number(0, 4)) {
        case 0:
            return low == last ? value(low, first, names)
                               : u"%1-%2"_s.arg(value(low, first, names), value(number(low + 1, last), first, names));
        case 1: return low == last ? value(low, first, names) : u"%1-%2/%3"_s.arg(low).arg(number(low + 1, last)).arg(step);
        default: return value(low, first, names);
        }
    }
    QString field(int first, int last, Names names = {})
    {
        if (oneIn(3))
            return u"*"_s;
        if (oneIn(4))
            return u"*/%1"_s.arg(number(1, last));
        if (oneIn(8) && first == 0 && names.size() == 0)
            return u"%1/%2"_s.arg(number(first, last - 1)).arg(number(1, last));
        QStringList items;
        do
            items.append(item(first, last, names));
        while (oneIn(3));
        return items.join(u',');
    }
    QString daysOfMonth() { return oneIn(12) ? u"L"_s : oneIn(2) ? u"*"_s : field(1, 31); }
    QString daysOfWeek()
    {
        if (oneIn(12))
            return u"%1#%2"_s.arg(number(0, 6)).arg(number(1, 5));
        return oneIn(2) ? u"*"_s : field(0, 6, weekdays);
    }

    QRandomGenerator m_random;
};

QByteArray answer(std::optional<Timestamp> moment)
{
    return moment ? QByteArray::number(qlonglong{std::chrono::floor<std::chrono::seconds>(*moment).time_since_epoch().count()})
                  : "never"_ba;
}

/// There croniter errs: going to day 30 of a February it leaves out the first days of March, going back it takes the
/// 28th for the last of every February.
bool isAtEndOfFebruary(Timestamp moment)
{
    using namespace std::chrono;
    const year_month_day date(floor<days>(moment));
    return (date.month() == February && date.day() == day{29}) || (date.month() == March && date.day() <= day{2});
}

} // namespace

/// The same answers as croniter, Debian's python3-croniter, where the dialects agree.
class CronCroniterTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void randomExpressions();
};

void CronCroniterTest::randomExpressions()
{
    constexpr int count = 100'000;
    constexpr int alsoBack = 10; // one in so many
    const QTemporaryDir folder;
    QByteArrayList questions;
    QByteArrayList answers;
    Expressions expressions(20'261'124);
    while (questions.size() < count) {
        const QString text = expressions.next();
        const qint64 second = expressions.moment();
        const auto cron = CronExpression::parse(text);
        QVERIFY2(cron.ok(), qPrintable(text));
        const bool back = questions.size() % alsoBack == 0;
        const Timestamp from{std::chrono::seconds(second)};
        const auto found = back ? cron->previous(from) : cron->next(from);
        if (found && isAtEndOfFebruary(*found))
            continue;
        questions.append(QByteArray::number(second) + (back ? "\tprevious\t" : "\tnext\t") + text.toLatin1());
        answers.append(answer(found));
    }
    QFile input(folder.filePath(u"questions"_s));
    QVERIFY(input.open(QIODevice::WriteOnly));
    const QByteArray content = questions.join('\n') + '\n';
    QCOMPARE(input.write(content), content.size());
    input.close();

    QProcess peer;
    peer.setStandardInputFile(input.fileName());
    peer.setStandardOutputFile(folder.filePath(u"answers"_s));
    // Debian's own Python: that of a user's PATH may lack its packages.
    peer.start(u"/usr/bin/python3"_s, {QFINDTESTDATA("croniterpeer.py")});
    QVERIFY2(peer.waitForFinished(200'000), qPrintable(peer.errorString()));
    QVERIFY2(peer.exitStatus() == QProcess::NormalExit && peer.exitCode() == 0, peer.readAllStandardError().constData());

    QFile output(folder.filePath(u"answers"_s));
    QVERIFY(output.open(QIODevice::ReadOnly));
    int different = 0;
    for (int i = 0; i < count; ++i) {
        const QByteArray said = output.readLine().trimmed();
        if (said == answers.at(i))
            continue;
        if (++different <= 20)
            qWarning("%s: croniter %s, Stint %s", questions.at(i).constData(), said.constData(), answers.at(i).constData());
    }
    QCOMPARE(different, 0);
}

QTEST_GUILESS_MAIN(CronCroniterTest)
#include "tst_croncroniter.moc"
