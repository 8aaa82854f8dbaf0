// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/storeusers.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <utility>

using namespace stint;
using namespace Qt::StringLiterals;

/// Who counts as another program that has a store open.
class tst_StoreUsers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void anotherProgramIsOne();
    void oneOfOursThatIsAboutToEndIsNone();

private:
    QTemporaryDir m_folder;
    QString m_path = m_folder.filePath(u"jobs.db"_s);
};

namespace {

/// A process that has a file open, as one of Stint's if `marked`; once let go, it ends after so much time.
class User final
{
public:
    User(const QString &path, bool marked, std::chrono::microseconds rest = {})
    {
        m_isUp = ::pipe2(m_ready.data(), O_CLOEXEC) == 0 && ::pipe2(m_go.data(), O_CLOEXEC) == 0;
        m_pid = ::fork();
        if (m_pid == 0)
            use(QFile::encodeName(path), marked, rest);
        char byte = 'n';
        m_isUp = m_isUp && ::read(m_ready[0], &byte, 1) == 1 && byte == 'y';
    }
    ~User()
    {
        letGo();
        if (!m_hasEnded)
            ::waitpid(m_pid, nullptr, 0);
        for (const int file : {m_ready[0], m_ready[1], m_go[0]})
            ::close(file);
    }
    Q_DISABLE_COPY_MOVE(User)

    [[nodiscard]] bool isUp() const { return m_isUp; }
    [[nodiscard]] pid_t pid() const { return m_pid; }
    void letGo() { ::close(std::exchange(m_go[1], -1)); }
    [[nodiscard]] bool hasEnded() { return m_hasEnded = ::waitpid(m_pid, nullptr, WNOHANG) != 0; }

private:
    [[noreturn]] void use(const QByteArray &path, bool marked, std::chrono::microseconds rest)
    {
        ::close(m_go[1]);
        if (marked)
            (void)::memfd_create("stint-store-user", 0);
        const bool open = ::dup2(::open(path.constData(), O_RDONLY), 10) == 10; // which comes before 3 to 9 in a list of names
        char byte = open ? 'y' : 'n';
        (void)!::write(m_ready[1], &byte, 1);
        (void)!::read(m_go[0], &byte, 1);
        for (const auto end = std::chrono::steady_clock::now() + rest; std::chrono::steady_clock::now() < end;) { }
        ::_exit(0);
    }

    std::array<int, 2> m_ready{-1, -1}; ///< it tells by a byte that it has the file open
    std::array<int, 2> m_go{-1, -1};    ///< it waits for its end
    pid_t m_pid = -1;
    bool m_isUp = false;
    bool m_hasEnded = false;
};

} // namespace

void tst_StoreUsers::init()
{
    QVERIFY(QFile(m_path).open(QIODevice::WriteOnly));
}

void tst_StoreUsers::anotherProgramIsOne()
{
    for (const bool marked : {true, false}) {
        const User user(m_path, marked);
        QVERIFY(user.isUp());
        const auto users = storeusers::foreignUsers(m_path);
        QVERIFY(users.ok());
        QCOMPARE(users->size(), marked ? 0 : 1);
        if (!marked) {
            QCOMPARE(users->first().pid, user.pid());
            QCOMPARE(users->first().name, u"tst_storeusers"_s);
        }
    }
}

/// It closes its mark before the store: for a moment it looks like another program.
void tst_StoreUsers::oneOfOursThatIsAboutToEndIsNone()
{
    for (int round = 0; round < 200; ++round) {
        User user(m_path, true, std::chrono::microseconds(round * 25));
        QVERIFY(user.isUp());
        user.letGo();
        do {
            const auto users = storeusers::foreignUsers(m_path);
            QVERIFY(users.ok());
            QCOMPARE(users->size(), 0);
        } while (!user.hasEnded());
    }
}

QTEST_GUILESS_MAIN(tst_StoreUsers)
#include "tst_storeusers.moc"
