// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/processgroup.h"

#include <QDir>
#include <QFile>

#include <chrono>
#include <csignal>
#include <optional>
#include <vector>

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace stint {

namespace {

using namespace std::chrono_literals;
constexpr std::chrono::milliseconds killDeadline = 2s;

struct ProcessStat {
    pid_t pid = 0;
    std::int64_t group = 0;
    std::int64_t startTime = 0;
    char state = '?';
};

/// Ticks count from the boot, so a mark of the boot stands above them: a number recorded before a restart of the
/// machine means nothing after it. 2^40 ticks are three centuries.
std::int64_t bootMark()
{
    static const std::int64_t mark = [] {
        QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
        const QByteArray id = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        return id.left(5).toLongLong(nullptr, 16) << 40;
    }();
    return mark;
}

/// Source: proc(5), /proc/PID/stat. The name in brackets may hold anything, so fields count from its last bracket.
std::optional<ProcessStat> readStat(const QString &pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    if (fields.size() < 20 || fields.at(0).isEmpty())
        return {};
    return ProcessStat{pid.toInt(), fields.at(2).toLongLong(), bootMark() + fields.at(19).toLongLong(), fields.at(0).at(0)};
}

std::vector<pid_t> membersOf(const ProcessGroup &group)
{
    // Nobody's group, everybody's, and our own are never a job's.
    if (group.groupId <= 1 || group.groupId == ::getpgrp() || (group.startTime >> 40) != (bootMark() >> 40))
        return {};
    // While a member lives the system gives the group's number to nobody else; a leader that started at another time
    // means that all members had gone and the number came round again.
    const auto leader = readStat(QString::number(group.groupId));
    if (leader && leader->startTime != group.startTime)
        return {};
    std::vector<pid_t> members;
    for (const QString &pid : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[1-9]*")}, QDir::Dirs)) {
        const auto stat = readStat(pid);
        if (stat && stat->group == group.groupId && stat->state != 'Z' && stat->startTime >= group.startTime)
            members.push_back(stat->pid);
    }
    return members;
}

void waitForEnd(pid_t pid, std::chrono::milliseconds atMost)
{
    const auto handle = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
    if (handle < 0)
        return;
    pollfd ended{handle, POLLIN, 0};
    static_cast<void>(::poll(&ended, 1, static_cast<int>(atMost.count())));
    ::close(handle);
}

} // namespace

std::int64_t processStartTime(std::int64_t pid)
{
    const auto stat = readStat(QString::number(pid));
    return stat ? stat->startTime : 0;
}

bool isRunning(const ProcessGroup &group)
{
    return !membersOf(group).empty();
}

void killProcessGroup(const ProcessGroup &group)
{
    const auto deadline = std::chrono::steady_clock::now() + killDeadline;
    for (auto members = membersOf(group); !members.empty(); members = membersOf(group)) {
        ::kill(-static_cast<pid_t>(group.groupId), SIGKILL);
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left <= 0ms)
            return;
        waitForEnd(members.front(), left);
    }
}

} // namespace stint
