// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "integration/disk/diskimage.h"
#include "integration/disk/storelife.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLoggingCategory>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>

using namespace stint;
using namespace stint::test;
using namespace Qt::StringLiterals;

namespace {

/// All that a life asks of the disk, in order.
class Recording final
{
public:
    explicit Recording(QByteArray root)
        : m_root(std::move(root))
    {
        watcheddisk::setHook([this](const DiskEvent &event) {
            const bool changes = event.call != DiskCall::Read && event.call != DiskCall::Lock && event.call != DiskCall::SharedMemory
                && (event.call != DiskCall::Open || event.creates);
            if (changes && event.path.startsWith(m_root)) {
                m_events.push_back(event);
                ++m_moment;
            }
            return 0;
        });
    }
    ~Recording() { stop(); }
    Q_DISABLE_COPY_MOVE(Recording)

    void stop() { watcheddisk::setHook({}); }
    [[nodiscard]] qint64 moment() const { return m_moment; }
    [[nodiscard]] const std::vector<DiskEvent> &events() const { return m_events; }

private:
    QByteArray m_root;
    std::vector<DiskEvent> m_events;
    std::atomic<qint64> m_moment = 0;
};

QByteArray digestOf(const DiskImage::Files &files)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    for (const auto &[path, bytes] : files) {
        hash.addData(path);
        hash.addData(bytes);
    }
    return hash.result();
}

/// One in so many moments is tried unless all are.
constexpr int sparseness = 8;

} // namespace

/// The power goes after any of the things that a store's life asks of the disk. What was not synced is lost, kept, or
/// kept in part. STINT_POWER_CUTS=N tries every moment, with N such parts at each, instead of some moments.
class tst_PowerLoss final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void acknowledgedIsKept_data();
    void acknowledgedIsKept();

private:
    int m_parts = qEnvironmentVariableIntValue("STINT_POWER_CUTS");
    QTemporaryDir m_folder{StoreLife::folderTemplate()};
    std::unique_ptr<StoreLife> m_life;
    std::unique_ptr<Recording> m_recording;
};

void tst_PowerLoss::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QLoggingCategory::setFilterRules(u"stint.*.info=false"_s);
    watcheddisk::install();
    watcheddisk::setSyncing(false);
    const QString root = m_folder.filePath(u"life"_s);
    QVERIFY(QDir().mkpath(root));
    m_recording = std::make_unique<Recording>(QFile::encodeName(root));
    m_life = std::make_unique<StoreLife>(root, [this] { return m_recording->moment(); });
    m_life->run();
    m_life->close();
    m_recording->stop();
    QVERIFY(m_recording->moment() > 100);
    const QString fault = m_life->faultAt(root, m_recording->moment());
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
    qInfo("%lld changes to the disk, %lld promises", m_recording->moment(), m_life->promisesKept(m_recording->moment()));
}

void tst_PowerLoss::acknowledgedIsKept_data()
{
    QTest::addColumn<Unsynced>("unsynced");
    QTest::addColumn<int>("tries");
    QTest::newRow("unsynced is dropped") << Unsynced::Dropped << 1;
    QTest::newRow("unsynced is kept") << Unsynced::Kept << std::min(m_parts, 1);
    QTest::newRow("some of it is kept") << Unsynced::Some << m_parts;
}

void tst_PowerLoss::acknowledgedIsKept()
{
    QFETCH(Unsynced, unsynced);
    QFETCH(int, tries);
    QRandomGenerator random(20261124);
    DiskImage disk(QFile::encodeName(m_folder.filePath(u"life"_s)));
    QSet<std::pair<QByteArray, qint64>> seen;
    int cuts = 0;
    QStringList faults;
    for (qint64 moment = 0; moment <= m_recording->moment(); ++moment) {
        if (moment > 0)
            disk.apply(m_recording->events().at(static_cast<std::size_t>(moment - 1)));
        const int times = tries > 0 ? tries : random.bounded(sparseness) == 0 ? 1 : 0;
        for (int i = 0; i < times; ++i) {
            const auto files = disk.afterPowerCut(unsynced, random);
            const auto state = std::pair(digestOf(files), m_life->promisesKept(moment));
            if (seen.contains(state))
                continue;
            seen.insert(state);
            const QString copy = m_folder.filePath(QString::number(cuts++));
            QVERIFY(QDir().mkpath(copy) && DiskImage::write(files, copy));
            if (const QString fault = m_life->faultAt(copy, moment); !fault.isEmpty())
                faults.append(u"after %1 changes: %2"_s.arg(moment).arg(fault));
            QVERIFY(QDir(copy).removeRecursively());
        }
    }
    for (const QString &fault : faults.mid(0, 20))
        qWarning().noquote() << fault;
    QCOMPARE(faults.size(), 0);
    qInfo("%d power cuts", cuts);
}

QTEST_GUILESS_MAIN(tst_PowerLoss)
#include "tst_powerloss.moc"
