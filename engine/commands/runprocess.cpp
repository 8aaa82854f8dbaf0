// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/runprocess.h"

#include "engine/commands/childprocess.h"
#include "engine/commands/linesplitter.h"

#include <QElapsedTimer>
#include <QProcessEnvironment>
#include <QStandardPaths>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

constexpr qsizetype tailSize = 4096;

/// The lines of one run, until they are too many: a program gone wild must not fill the disk.
class OutputLog final
{
public:
    explicit OutputLog(JobContext &context)
        : m_context(context)
    {
    }

    void write(LogLevel level, const QString &line)
    {
        m_bytes += line.size();
        if (++m_lines > RunProcess::loggedLines || m_bytes > RunProcess::loggedBytes)
            ++m_skipped;
        else
            m_context.log(level, line);
    }
    void finish()
    {
        if (m_skipped > 0)
            m_context.log(LogLevel::Warning, u"%1 more lines of output are not kept"_s.arg(m_skipped));
    }

private:
    JobContext &m_context;
    qint64 m_lines = 0;
    qint64 m_bytes = 0;
    qint64 m_skipped = 0;
};

/// The last bytes of what it is given.
class Tail final
{
public:
    void write(QByteArrayView bytes)
    {
        m_isCut = m_isCut || m_bytes.size() + bytes.size() > tailSize;
        m_bytes.append(bytes.last(std::min(bytes.size(), tailSize)));
        m_bytes.remove(0, std::max(m_bytes.size() - tailSize, qsizetype{0}));
    }
    [[nodiscard]] QString text() const
    {
        return LineSplitter::toText(m_isCut ? LineSplitter::fromWholeCharacter(m_bytes) : QByteArrayView(m_bytes));
    }

private:
    QByteArray m_bytes;
    bool m_isCut = false;
};

/// What the system could only misunderstand.
QString mistakeIn(const RunProcessRequest &request)
{
    const auto hasNul = [](const QString &text) { return text.contains(u'\0'); };
    if (request.program.isEmpty())
        return u"program: no program is named"_s;
    if (hasNul(request.program) || hasNul(request.directory) || std::ranges::any_of(request.arguments, hasNul))
        return u"program, directory and arguments cannot hold a NUL"_s;
    for (auto variable = request.environment.begin(); variable != request.environment.end(); ++variable) {
        if (variable.key().isEmpty() || variable.key().contains(u'=') || hasNul(variable.key()) || hasNul(variable.value()))
            return u"environment: a name is empty or holds '=', or a value holds a NUL"_s;
    }
    return {};
}

QMap<QString, QString> environmentOf(const RunProcessRequest &request)
{
    const QProcessEnvironment host = QProcessEnvironment::systemEnvironment();
    QMap<QString, QString> environment;
    for (const QString &name : host.keys())
        environment.insert(name, host.value(name));
    environment.insert(request.environment);
    return environment;
}

/// Empty where a name is in no folder of PATH.
QString pathOf(const QString &program, const QString &searchPath)
{
    return program.contains(u'/') ? program : QStandardPaths::findExecutable(program, searchPath.split(u':', Qt::SkipEmptyParts));
}

[[noreturn]] void throwNotStarted(const QString &program, const QString &reason)
{
    throw JobException(u"NotStarted"_s, u"cannot start %1: %2"_s.arg(program, reason));
}

} // namespace

Outcome<RunProcessResult> RunProcess::run(const RunProcessRequest &request, JobContext &context)
{
    if (const QString mistake = mistakeIn(request); !mistake.isEmpty())
        return Fail{{QString(joberror::badRequest), mistake, {}, {}, {}}};
    context.throwIfCancelled();
    QMap<QString, QString> environment = environmentOf(request);
    const QString path = pathOf(request.program, environment.value(u"PATH"_s));
    if (path.isEmpty())
        throwNotStarted(request.program, u"there is no such program in PATH"_s);

    OutputLog log(context);
    Tail tail;
    LineSplitter output([&](const QString &line) { log.write(LogLevel::Info, line); });
    LineSplitter errorOutput([&](const QString &line) { log.write(LogLevel::Warning, line); });
    ChildProcess process({.starting =
                              [&](const ProcessGroup &group) {
                                  const auto recorded = context.recordProcess(group);
                                  return recorded ? QString() : recorded.error().message;
                              },
                          .output =
                              [&](QByteArrayView bytes) {
                                  tail.write(bytes);
                                  output.write(bytes);
                              },
                          .errorOutput = [&](QByteArrayView bytes) { errorOutput.write(bytes); }});
    QElapsedTimer timer;
    timer.start();
    const ChildProcess::End end = process.run(
        {path, QStringList(request.program) + request.arguments, request.directory, std::move(environment), request.input.toUtf8()},
        context.stopToken());
    output.finish();
    errorOutput.finish();
    log.finish();

    if (!end.notStarted.isEmpty())
        throwNotStarted(request.program, end.notStarted);
    if (end.stopped)
        throw JobCancelled();
    if (end.signal != 0)
        throw JobException(u"Signal"_s,
                           u"%1 was ended by signal %2 (%3)"_s.arg(request.program, QString::number(end.signal),
                                                                   QLatin1StringView(::sigdescr_np(end.signal))));
    if (end.exitCode != 0)
        throw JobException(u"ExitCode"_s, u"%1 ended with exit code %2"_s.arg(request.program, QString::number(end.exitCode)));
    return RunProcessResult{end.exitCode, tail.text(), timer.elapsed()};
}

} // namespace stint
