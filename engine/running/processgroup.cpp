// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/running/processgroup.h"

#include <QDir>
#include <QFile>

#include <csignal>
#include <optional>

namespace stint {

namespace {

struct ProcessStat {
    std::int64_t group = 0;
    std::int64_t startTime = 0;
    char state = '?';
};

/// Source: proc(5), /proc/PID/stat. The name in brackets may hold anything, so fields count from its last bracket.
std::optional<ProcessStat> readStat(const QString &pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    if (fields.size() < 20)
        return {};
    return ProcessStat{fields.at(2).toLongLong(), fields.at(19).toLongLong(), fields.at(0).isEmpty() ? '?' : fields.at(0).at(0)};
}

} // namespace

std::int64_t processStartTime(std::int64_t pid)
{
    const auto stat = readStat(QString::number(pid));
    return stat ? stat->startTime : 0;
}

bool isRunning(const ProcessGroup &group)
{
    // While a member lives the system gives the group's number to nobody else; a leader that started at another time
    // means that all members had gone and the number came round again.
    const auto leader = readStat(QString::number(group.groupId));
    if (leader && leader->startTime != group.startTime)
        return false;
    for (const QString &pid : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const auto stat = readStat(pid);
        if (stat && stat->group == group.groupId && stat->state != 'Z' && stat->startTime >= group.startTime)
            return true;
    }
    return false;
}

void killProcessGroup(const ProcessGroup &group)
{
    if (group.groupId > 1 && isRunning(group))
        ::kill(-static_cast<pid_t>(group.groupId), SIGKILL);
}

} // namespace stint
