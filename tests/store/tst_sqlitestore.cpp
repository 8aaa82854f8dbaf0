// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/sqlitestore.h"
#include "store/storeconformance.h"

#include <QTemporaryDir>
#include <QTest>

using namespace stint;
using namespace stint::test;

/// The conformance suite on a folder of SQLite files.
class tst_SqliteStore final : public StoreConformance
{
    Q_OBJECT

protected:
    std::shared_ptr<JobStore> openStore(std::shared_ptr<const Clock> clock, bool again) override
    {
        if (!again)
            m_folder = std::make_unique<QTemporaryDir>();
        auto store = SqliteStore::open(m_folder->path(), OpenMode::Create, std::move(clock));
        if (!store)
            qWarning().noquote() << store.error().message;
        return store ? *store : nullptr;
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_APPLESS_MAIN(tst_SqliteStore)
#include "tst_sqlitestore.moc"
