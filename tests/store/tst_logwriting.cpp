// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/logwriting.h"

#include <QTest>

#include <algorithm>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

class Failure final : public std::exception
{
public:
    explicit Failure(Error error)
        : m_error(std::move(error))
    {
    }
    [[nodiscard]] const Error &error() const { return m_error; }

private:
    Error m_error;
};

/// What the disk does with the next commits.
enum class Disk : std::uint8_t {
    Takes,
    Refuses,
    TakesSilently, ///< the commit is on disk, but its answer is an error, as of a connection that broke
};

class Target final : public WriteTarget
{
public:
    using Failure = ::Failure;

    void appendLog(const QList<LogLine> &lines)
    {
        if (isDamaged)
            throw Failure(Error{ErrorCode::Damaged, u"a bad page"_s});
        if (std::any_of(lines.begin(), lines.end(), [](const LogLine &line) { return line.message == u"large"_s; }) && !hasRoom)
            throw Failure(Error{ErrorCode::DiskFull, u"no room"_s});
        m_uncommitted += lines;
    }
    [[nodiscard]] QStringList loggedSince(std::int64_t jobId, Timestamp date) const
    {
        QStringList messages;
        for (const LogLine &line : log + m_uncommitted) {
            if (line.jobId == jobId && line.date >= date)
                messages.append(line.message);
        }
        return messages;
    }
    [[nodiscard]] QStringList messagesOf(std::int64_t jobId) const { return loggedSince(jobId, Timestamp{}); }

    Result<void> begin() override { return {}; }
    Result<void> apply(const std::function<void()> &operation, bool &) override
    {
        try {
            operation();
            return {};
        } catch (const Failure &failure) {
            return failure.error();
        }
    }
    Result<void> commit() override
    {
        if (disk == Disk::Refuses)
            return Error{ErrorCode::DiskFull, u"full"_s};
        log += std::exchange(m_uncommitted, {});
        return disk == Disk::Takes ? Result<void>() : Result<void>(Error{ErrorCode::Io, u"no answer"_s});
    }
    void rollback() override { m_uncommitted.clear(); }
    void afterCommit() override { }
    std::optional<std::chrono::steady_clock::time_point> deferredUntil() const override { return {}; }

    std::atomic<Disk> disk = Disk::Takes;
    std::atomic<bool> isDamaged = false;
    std::atomic<bool> hasRoom = true;
    QList<LogLine> log;

private:
    QList<LogLine> m_uncommitted;
};

} // namespace

/// Log lines on a disk that fails.
class tst_LogWriting final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void linesAreWrittenWithTheEnd();
    void noLineIsWrittenTwice();
    void lineThatFailsAloneHoldsBackTheEnd();
    void newLinesWaitForThoseBefore();
    void endOfAnotherJobIsNotHeldUp();
    void whatHasNoRoomIsCounted();
    void damageHoldsUpNoEnd();

private:
    void append(const QString &message, std::int64_t jobId = 1)
    {
        m_date += std::chrono::milliseconds(1);
        m_log->append(*m_side, {{.jobId = jobId, .date = m_date, .message = message}});
    }
    [[nodiscard]] Result<void> end(std::int64_t jobId = 1)
    {
        return waitFor<void>([&](auto done) {
            m_side->post<void>([this, jobId](Target &target) { m_log->writeRest(target, jobId); }, m_log->settling(jobId, done));
        });
    }

    Timestamp m_date;
    Target *m_target = nullptr;
    std::unique_ptr<LogWriting<Target>> m_log;
    std::unique_ptr<WriteSide<Target>> m_side;
};

void tst_LogWriting::init()
{
    m_side.reset();
    m_log = std::make_unique<LogWriting<Target>>();
    auto target = std::make_unique<Target>();
    m_target = target.get();
    m_side = std::make_unique<WriteSide<Target>>(std::move(target));
    m_date = Timestamp{};
}

void tst_LogWriting::linesAreWrittenWithTheEnd()
{
    m_target->disk = Disk::Refuses;
    append(u"a"_s);
    append(u"b"_s);
    QVERIFY(!end());
    m_target->disk = Disk::Takes;
    QVERIFY(end());
    QCOMPARE(m_target->messagesOf(1), (QStringList{u"a"_s, u"b"_s}));
    QVERIFY(end());
    QCOMPARE(m_target->log.size(), 2);
}

void tst_LogWriting::noLineIsWrittenTwice()
{
    m_target->disk = Disk::TakesSilently;
    append(u"a"_s);
    append(u"a"_s);
    QVERIFY(!end());
    QVERIFY(!end());
    m_target->disk = Disk::Takes;
    append(u"b"_s);
    QVERIFY(end());
    QCOMPARE(m_target->messagesOf(1), (QStringList{u"a"_s, u"a"_s, u"b"_s}));
}

/// Its group goes on without it.
void tst_LogWriting::lineThatFailsAloneHoldsBackTheEnd()
{
    m_target->hasRoom = false;
    append(u"small"_s);
    append(u"large"_s);
    append(u"last"_s);
    QCOMPARE(end().error().code, ErrorCode::DiskFull);
    m_target->hasRoom = true;
    QVERIFY(end());
    QCOMPARE(m_target->messagesOf(1), (QStringList{u"small"_s, u"large"_s, u"last"_s}));
}

/// For a moment; then they take them along.
void tst_LogWriting::newLinesWaitForThoseBefore()
{
    m_target->disk = Disk::Refuses;
    append(u"a"_s);
    m_side->flush();
    m_target->disk = Disk::Takes;
    append(u"b"_s);
    m_side->flush();
    QCOMPARE(m_target->log.size(), 0);
    QStringList expected{u"a"_s, u"b"_s};
    QVERIFY(QTest::qWaitFor([&] {
        append(QString::number(expected.size()));
        expected.append(QString::number(expected.size()));
        m_side->flush();
        return !m_target->log.isEmpty();
    }));
    QCOMPARE(m_target->messagesOf(1), expected);
}

void tst_LogWriting::endOfAnotherJobIsNotHeldUp()
{
    m_target->disk = Disk::Refuses;
    append(u"a"_s);
    m_side->flush();
    m_target->disk = Disk::Takes;
    append(u"other"_s, 2);
    QVERIFY(end(2));
    QCOMPARE(m_target->messagesOf(1), QStringList());
    QCOMPARE(m_target->messagesOf(2), QStringList{u"other"_s});
}

void tst_LogWriting::whatHasNoRoomIsCounted()
{
    m_target->disk = Disk::Refuses;
    constexpr int lines = 50;
    for (int i = 0; i < lines; ++i)
        append(QString(20'000, u'x')); // 40 KB each, of which a megabyte is kept
    m_side->flush();
    m_target->disk = Disk::Takes;
    QVERIFY(end());
    const QStringList messages = m_target->messagesOf(1);
    QVERIFY2(messages.size() > 20 && messages.size() < 27, qPrintable(QString::number(messages.size())));
    QCOMPARE(messages.constLast(), u"%1 lines are lost that the disk did not take"_s.arg(lines - messages.size() + 1));
    QCOMPARE(m_target->log.constLast().level, LogLevel::Warning);
}

void tst_LogWriting::damageHoldsUpNoEnd()
{
    m_target->disk = Disk::Refuses;
    append(u"a"_s);
    m_side->flush();
    m_target->disk = Disk::Takes;
    m_target->isDamaged = true;
    QTest::ignoreMessage(QtWarningMsg, "Lines of the log of job 1 are lost: a bad page");
    QCOMPARE(end().error().code, ErrorCode::Damaged);
    QVERIFY(end());
}

QTEST_GUILESS_MAIN(tst_LogWriting)
#include "tst_logwriting.moc"
