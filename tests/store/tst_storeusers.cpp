// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/storeusers.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>

using namespace stint;
using namespace Qt::StringLiterals;

/// Who counts as another program that has a store open.
class tst_StoreUsers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anotherProgramIsOne();
    void oneOfOursThatIsAboutToEndIsNone();
};

namespace {

/// A process that has `path` open, as one of ours if `marked`; it tells by a byte of `ready` that it has, and ends when `go` has
/// ended and so much time has passed.
pid_t startUser(const QByteArray &path, bool marked, const std::array<int, 2> &ready, const std::array<int, 2> &go,
                std::chrono::microseconds rest = {})
{
    const pid_t pid = ::fork();
    if (pid != 0)
        return pid;
    ::close(go[1]);
    if (marked)
        (void)::memfd_create("stint-store-user", 0);
    const bool open = ::dup2(::open(path.constData(), O_RDONLY), 10) == 10; // which comes before 3 to 9 in a list of names
    char byte = open ? 'y' : 'n';
    (void)!::write(ready[1], &byte, 1);
    (void)!::read(go[0], &byte, 1);
    for (const auto end = std::chrono::steady_clock::now() + rest; std::chrono::steady_clock::now() < end;) { }
    ::_exit(0);
}

} // namespace

void tst_StoreUsers::anotherProgramIsOne()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"jobs.db"_s);
    QVERIFY(QFile(path).open(QIODevice::WriteOnly));
    for (const bool marked : {true, false}) {
        std::array<int, 2> ready{};
        std::array<int, 2> go{};
        QVERIFY(::pipe2(ready.data(), O_CLOEXEC) == 0 && ::pipe2(go.data(), O_CLOEXEC) == 0);
        const pid_t pid = startUser(QFile::encodeName(path), marked, ready, go);
        char byte = 0;
        QCOMPARE(::read(ready[0], &byte, 1), 1);
        QCOMPARE(byte, 'y');
        const auto users = storeusers::foreignUsers(path);
        ::close(go[1]);
        ::waitpid(pid, nullptr, 0);
        for (const int file : {ready[0], ready[1], go[0]})
            ::close(file);
        QVERIFY(users.ok());
        QCOMPARE(users->size(), marked ? 0 : 1);
        if (!marked) {
            QCOMPARE(users->first().pid, pid);
            QCOMPARE(users->first().name, u"tst_storeusers"_s.left(15));
        }
    }
}

/// It closes its mark before the store: for a moment it looks like another program.
void tst_StoreUsers::oneOfOursThatIsAboutToEndIsNone()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"jobs.db"_s);
    QVERIFY(QFile(path).open(QIODevice::WriteOnly));
    for (int round = 0; round < 200; ++round) {
        std::array<int, 2> ready{};
        std::array<int, 2> go{};
        QVERIFY(::pipe2(ready.data(), O_CLOEXEC) == 0 && ::pipe2(go.data(), O_CLOEXEC) == 0);
        const pid_t pid = startUser(QFile::encodeName(path), true, ready, go, std::chrono::microseconds(round * 25));
        char byte = 0;
        QCOMPARE(::read(ready[0], &byte, 1), 1);
        ::close(go[1]);
        do {
            const auto users = storeusers::foreignUsers(path);
            QVERIFY(users.ok());
            QCOMPARE(users->size(), 0);
        } while (::waitpid(pid, nullptr, WNOHANG) == 0);
        for (const int file : {ready[0], ready[1], go[0]})
            ::close(file);
    }
}

QTEST_GUILESS_MAIN(tst_StoreUsers)
#include "tst_storeusers.moc"
