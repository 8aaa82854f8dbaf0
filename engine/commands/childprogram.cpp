// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/childprogram.h"

#include <QFile>

#include <cerrno>
#include <csignal>

#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace stint {

namespace {

constexpr int exitNotRun = 127;

std::vector<char *> pointersTo(QByteArrayList &texts)
{
    std::vector<char *> pointers;
    for (QByteArray &text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// Handlers and blocked signals of the host mean nothing in the program; ignored ones would stay ignored.
void resetSignals()
{
    struct sigaction byDefault = {};
    byDefault.sa_handler = SIG_DFL; // NOLINT(cppcoreguidelines-pro-type-union-access)
    for (int signal = 1; signal < NSIG; ++signal)
        ::sigaction(signal, &byDefault, nullptr);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void fail(int gate, ChildProgram::Failure::Step step)
{
    const ChildProgram::Failure failure{step, errno};
    [[maybe_unused]] const auto written = ::write(gate, &failure, sizeof failure);
    ::_exit(exitNotRun);
}

} // namespace

ChildProgram::ChildProgram(const QString &path, const QStringList &arguments, const QString &directory,
                           const QMap<QString, QString> &environment)
    : m_path(QFile::encodeName(path))
    , m_directory(QFile::encodeName(directory))
{
    for (const QString &argument : arguments)
        m_arguments.append(argument.toLocal8Bit());
    for (auto variable = environment.begin(); variable != environment.end(); ++variable)
        m_environment.append(variable.key().toLocal8Bit() + '=' + variable.value().toLocal8Bit());
    m_argv = pointersTo(m_arguments);
    m_envp = pointersTo(m_environment);
}

void ChildProgram::execute(pid_t parent, const Descriptors &descriptors)
{
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) // it died before it could be tied to us
        ::_exit(exitNotRun);
    resetSignals();
    char go = 0;
    if (::read(descriptors.gate, &go, 1) != 1)
        ::_exit(exitNotRun);
    if (!m_directory.isEmpty() && ::chdir(m_directory.constData()) != 0)
        fail(descriptors.gate, Failure::ChangeDirectory);
    ::dup2(descriptors.input, STDIN_FILENO);
    ::dup2(descriptors.output, STDOUT_FILENO);
    ::dup2(descriptors.errorOutput, STDERR_FILENO);
    // What the rest of the host has open without O_CLOEXEC.
    ::syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    ::execve(m_path.constData(), m_argv.data(), m_envp.data());
    fail(descriptors.gate, Failure::Execute);
}

} // namespace stint
