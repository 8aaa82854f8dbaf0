// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/exportoperation.h"

#include "tests/support/fakejobstore.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<test::FakeJobStore> storeWith(int count)
{
    auto store = std::make_shared<test::FakeJobStore>();
    QList<Job> jobs;
    for (int id = 1; id <= count; ++id) {
        Job job;
        job.id = id;
        job.command = u"=cmd"_s;
        jobs.append(job);
    }
    store->put(jobs);
    return store;
}

} // namespace

class TestExportOperation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesEveryRow()
    {
        const QTemporaryDir folder;
        ExportOperation operation(storeWith(5'000), {}, folder.filePath(u"all.csv"_s));
        std::optional<std::int64_t> written;
        connect(&operation, &ExportOperation::finished, this, [&](const Result<std::int64_t> &rows) { written = rows ? *rows : -1; });
        operation.start();
        QTRY_VERIFY_WITH_TIMEOUT(written, 20'000);
        QCOMPARE(*written, 5'000);
        QFile file(folder.filePath(u"all.csv"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count('\n'), 5'001);
    }

    void stoppedItLeavesNothing()
    {
        const QTemporaryDir folder;
        auto store = storeWith(5'000);
        store->setGate(true); // the first page does not come
        ExportOperation operation(store, {}, folder.filePath(u"all.csv"_s));
        std::optional<ErrorCode> code;
        connect(&operation, &ExportOperation::finished, this,
                [&](const Result<std::int64_t> &rows) { code = rows ? ErrorCode::Internal : rows.error().code; });
        operation.start();
        QTRY_VERIFY(store->listCalls() > 0);
        operation.cancel();
        QTRY_VERIFY(code);
        QCOMPARE(*code, ErrorCode::Cancelled);
        QVERIFY(QDir(folder.path()).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestExportOperation)
#include "tst_exportoperation.moc"
