// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/childprocess.h"

#include "engine/commands/childprogram.h"
#include "engine/running/processgroup.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace stint {

namespace {

constexpr std::size_t readSize = 64 * 1024;
/// The most that a pipe can hold (/proc/sys/fs/pipe-max-size), in reads.
constexpr int pipefulOfReads = 16;

QString systemError(const char *what)
{
    return QLatin1StringView(what) + QStringLiteral(": ") + qt_error_string(errno);
}

bool isReadable(const FileDescriptor &descriptor)
{
    pollfd waiting{descriptor.number(), POLLIN, 0};
    return ::poll(&waiting, 1, 0) > 0;
}

/// Keeps signals from a child that still has the host's handlers.
class SignalsBlocked final
{
public:
    SignalsBlocked()
    {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &m_before);
    }
    ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
    Q_DISABLE_COPY_MOVE(SignalsBlocked)

private:
    sigset_t m_before{};
};

} // namespace

ChildProcess::~ChildProcess()
{
    killAndReap(); // a listener may have thrown
}

ChildProcess::End ChildProcess::run(const Program &program, const std::stop_token &stop)
{
    if (QString error = open(program.input); !error.isEmpty())
        return {.notStarted = std::move(error)};
    if (QString error = fork(program); !error.isEmpty())
        return {.notStarted = std::move(error)};
    if (QString error = letGo(program); !error.isEmpty())
        return {.notStarted = std::move(error)};
    {
        const std::stop_callback wakeUp(stop, [this] { ::eventfd_write(m_wakeUp.number(), 1); });
        follow();
    }
    const int status = killAndReap();
    return {.stopped = m_stopped,
            .exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 0,
            .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0};
}

QString ChildProcess::open(const QByteArray &input)
{
    // Input is a file in memory: a program that does not read it can neither block us nor raise SIGPIPE.
    m_input = FileDescriptor(::memfd_create("input", MFD_CLOEXEC));
    for (qsizetype done = 0; m_input.isOpen() && done < input.size();) {
        const auto written = ::pwrite(m_input.number(), input.constData() + done, static_cast<std::size_t>(input.size() - done), done);
        if (written < 0)
            return systemError("cannot keep the input");
        done += written;
    }
    m_wakeUp = FileDescriptor(::eventfd(0, EFD_CLOEXEC));
    if (!m_input.isOpen() || !m_wakeUp.isOpen())
        return systemError("cannot open a descriptor");
    for (Channel *channel : {&m_output, &m_errorOutput}) {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            return systemError("cannot open a pipe");
        channel->ours = FileDescriptor(ends[0]);
        channel->childs = FileDescriptor(ends[1]);
    }
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return systemError("cannot open a socket");
    m_gate.ours = FileDescriptor(ends[0]);
    m_gate.childs = FileDescriptor(ends[1]);
    m_output.receiver = &m_listener.output;
    m_errorOutput.receiver = &m_listener.errorOutput;
    return {};
}

QString ChildProcess::fork(const Program &program)
{
    ChildProgram child(program.path, program.arguments, program.directory, program.environment);
    const pid_t parent = ::getpid();
    {
        const SignalsBlocked blocked;
        m_pid = ::fork();
        if (m_pid == 0)
            child.execute(parent, {m_input.number(), m_output.childs.number(), m_errorOutput.childs.number(), m_gate.childs.number()});
    }
    if (m_pid < 0) {
        m_pid = 0;
        return systemError("cannot fork");
    }
    ::setpgid(m_pid, m_pid); // as the child does: whoever comes first
    m_input.reset();
    for (Channel *channel : {&m_output, &m_errorOutput, &m_gate})
        channel->childs.reset();
    return {};
}

/// Lets the child run its program, and returns once it does.
QString ChildProcess::letGo(const Program &program)
{
    m_leader = FileDescriptor(static_cast<int>(::syscall(SYS_pidfd_open, m_pid, 0)));
    if (!m_leader.isOpen())
        return systemError("pidfd_open");
    m_startTime = processStartTime(m_pid);
    if (QString error = m_listener.starting({m_pid, m_startTime}); !error.isEmpty())
        return error;
    const char go = 1;
    ChildProgram::Failure failure;
    if (::send(m_gate.ours.number(), &go, 1, MSG_NOSIGNAL) != 1
        || ::recv(m_gate.ours.number(), &failure, sizeof failure, MSG_WAITALL) != sizeof failure)
        return {}; // it runs, or was killed: follow() will see
    if (failure.step == ChildProgram::Failure::ChangeDirectory)
        return QStringLiteral("cannot enter the directory %1: %2").arg(program.directory, qt_error_string(failure.error));
    return qt_error_string(failure.error);
}

void ChildProcess::follow()
{
    while (!m_leaderEnded || m_output.ours.isOpen() || m_errorOutput.ours.isOpen()) {
        const auto left
            = m_deadline ? std::chrono::ceil<std::chrono::milliseconds>(*m_deadline - Clock::now()) : std::chrono::milliseconds(-1);
        if (m_deadline && left <= std::chrono::milliseconds(0)) {
            deadlinePassed();
            continue;
        }
        std::array<pollfd, 4> waiting{{{m_stopRequested ? -1 : m_wakeUp.number(), POLLIN, 0},
                                       {m_leaderEnded ? -1 : m_leader.number(), POLLIN, 0},
                                       {m_output.ours.number(), POLLIN, 0},
                                       {m_errorOutput.ours.number(), POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), static_cast<int>(left.count())) <= 0)
            continue;
        if (waiting[1].revents != 0)
            leaderEnded();
        if (waiting[0].revents != 0)
            stopGroup();
        if (waiting[2].revents != 0)
            read(m_output);
        if (waiting[3].revents != 0)
            read(m_errorOutput);
    }
}

void ChildProcess::stopGroup()
{
    m_stopRequested = true;
    if (m_leaderEnded) // by itself: that is its end
        return;
    m_stopped = true;
    signalGroup(SIGTERM);
    m_deadline = Clock::now() + grace;
}

void ChildProcess::leaderEnded()
{
    m_leaderEnded = true;
    if (m_stopped)
        signalGroup(SIGKILL);
    m_deadline = Clock::now() + drainTime;
}

void ChildProcess::deadlinePassed()
{
    m_deadline.reset();
    signalGroup(SIGKILL);
    if (m_leaderEnded) {
        drain(m_output);
        drain(m_errorOutput);
    }
}

/// Reads what is there, and not what processes that have left the group still write.
void ChildProcess::drain(Channel &channel)
{
    for (int i = 0; i < pipefulOfReads && channel.ours.isOpen() && isReadable(channel.ours); ++i)
        read(channel);
    channel.ours.reset();
}

void ChildProcess::read(Channel &channel)
{
    std::array<char, readSize> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
    const auto size = ::read(channel.ours.number(), buffer.data(), buffer.size());
    if (size > 0)
        (*channel.receiver)(QByteArrayView(buffer.data(), static_cast<qsizetype>(size)));
    else if (size == 0 || errno != EINTR)
        channel.ours.reset();
}

/// Until the leader is reaped its number, and so the group's, is nobody else's.
void ChildProcess::signalGroup(int signal) const
{
    ::kill(-m_pid, signal);
}

/// Ends what is left of the group, and returns how the leader ended.
int ChildProcess::killAndReap()
{
    int status = 0;
    if (m_pid == 0)
        return status;
    signalGroup(SIGKILL);
    while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) { }
    if (::kill(-m_pid, 0) == 0) // the others are still about to die
        killProcessGroup({m_pid, m_startTime});
    m_pid = 0;
    return status;
}

} // namespace stint
