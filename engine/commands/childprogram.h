// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QMap>
#include <QStringList>

#include <vector>

#include <sys/types.h>

namespace stint {

/// What a child does between fork() and execve(). Made before the fork, since after it the child may call nothing that
/// is not async-signal-safe: another thread may have held any lock.
class ChildProgram final
{
public:
    /// Sent over the gate in place of running.
    struct Failure {
        enum Step : int { ChangeDirectory, Execute } step = Execute;
        int error = 0; ///< errno
    };
    struct Descriptors {
        int input = -1;
        int output = -1;
        int errorOutput = -1;
        int gate = -1; ///< a byte that comes lets the child go on; running the program closes it
    };

    /// A relative path counts from `directory`. The first argument is the program's name for itself.
    ChildProgram(const QString &path, const QStringList &arguments, const QString &directory, const QMap<QString, QString> &environment);

    /// In the child, with all signals blocked.
    [[noreturn]] void execute(pid_t parent, const Descriptors &descriptors);

private:
    QByteArray m_path;
    QByteArray m_directory;
    QByteArrayList m_arguments;
    QByteArrayList m_environment;
    std::vector<char *> m_argv;
    std::vector<char *> m_envp;
};

} // namespace stint
