// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/commands/filedescriptor.h"
#include "engine/jobstats.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>

#include <sys/types.h>

namespace stint {

/// Runs one program, once, in a process group of its own and waits for it. Blocks the calling thread in poll() and
/// needs no event loop; the object belongs to that thread. What remains of the group when its leader ends is killed: a
/// process that is to live on must leave the group, e.g. by setsid.
class ChildProcess final
{
public:
    struct Program {
        QString path;                       ///< of the file; a relative one counts from `directory`
        QStringList arguments;              ///< the first is the program's name for itself
        QString directory;                  ///< empty: the host's
        QMap<QString, QString> environment; ///< all of it
        QByteArray input;
    };
    struct Listener {
        /// Called with the group while it waits to run its program; an error in words prevents that.
        std::function<QString(const ProcessGroup &)> starting;
        std::function<void(QByteArrayView)> output;
        std::function<void(QByteArrayView)> errorOutput;
    };
    /// How it ended.
    struct End {
        QString notStarted;   ///< why, if the program never ran
        bool stopped = false; ///< it was asked to stop while it ran
        int exitCode = 0;
        int signal = 0; ///< that ended it; 0: none
    };

    /// On the stop token the group gets SIGTERM, and SIGKILL after `grace` or once its leader has gone.
    static constexpr std::chrono::milliseconds grace{2000};
    /// How long the output of processes that their leader left behind is read before they are killed.
    static constexpr std::chrono::milliseconds drainTime{250};

    explicit ChildProcess(Listener listener)
        : m_listener(std::move(listener))
    {
    }
    ~ChildProcess();
    Q_DISABLE_COPY_MOVE(ChildProcess)
    [[nodiscard]] End run(const Program &program, const std::stop_token &stop);

private:
    using Clock = std::chrono::steady_clock;
    struct Channel {
        FileDescriptor ours;
        FileDescriptor childs;
        const std::function<void(QByteArrayView)> *receiver = nullptr;
    };

    [[nodiscard]] QString open(const QByteArray &input);
    [[nodiscard]] QString fork(const Program &program);
    [[nodiscard]] QString letGo(const Program &program);
    void follow();
    void stopGroup();
    void leaderEnded();
    void deadlinePassed();
    void drain(Channel &channel);
    static void read(Channel &channel);
    void signalGroup(int signal) const;
    int killAndReap();

    Listener m_listener;
    FileDescriptor m_input;
    Channel m_output;
    Channel m_errorOutput;
    Channel m_gate;          ///< see ChildProgram::Descriptors
    FileDescriptor m_wakeUp; ///< an eventfd: readable once the stop token is signalled
    FileDescriptor m_leader; ///< a pidfd: readable once the leader has ended
    pid_t m_pid = 0;         ///< until it is reaped
    std::int64_t m_startTime = 0;
    bool m_stopRequested = false;
    bool m_stopped = false;
    bool m_leaderEnded = false;
    std::optional<Clock::time_point> m_deadline; ///< of what is waited for now
};

} // namespace stint
