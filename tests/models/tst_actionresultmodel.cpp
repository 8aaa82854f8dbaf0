// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "models/actionresultmodel.h"

#include "models/modelroles.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

class TestActionResultModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsAllOrWhatWasRefused()
    {
        ActionResultModel model({{7, true, u"requeued"_s, u"it will run again"_s},
                                 {8, false, u"notFinished"_s, u"it is still in the queue"_s},
                                 {9, false, u"unreadable"_s, u"jobs_2026-08.db: damaged"_s}});
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.refusedCount(), 2);
        model.setOnlyRefused(true);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, 0).data(IdRole).toLongLong(), 8);
        QCOMPARE(model.index(1, 0).data(JobIdRole).toLongLong(), 9);
        QCOMPARE(model.toText(),
                 u"Job\tOutcome\tIn words\n8\tnot finished yet\tit is still in the queue\n"
                 "9\tjobs_2026-08.db: damaged\tjobs_2026-08.db: damaged\n"_s);
        model.setOnlyRefused(false);
        QCOMPARE(model.rowCount(), 3);
    }
};

QTEST_GUILESS_MAIN(TestActionResultModel)
#include "tst_actionresultmodel.moc"
