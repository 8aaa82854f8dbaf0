// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

// A host that a test may kill: it drains a folder and writes a line to a journal each time a command is entered.
// usage: testhost FOLDER JOURNAL [--forever]

#include "engine/jobhost.h"
#include "engine/jobqueue.h"

#include <QCoreApplication>
#include <QFile>

#include <thread>

#include <fcntl.h>
#include <unistd.h>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

/// One write each, so that lines of a killed process are whole or absent.
class Journal final
{
public:
    explicit Journal(const QString &path)
        : m_file(::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644))
    {
    }
    ~Journal() { ::close(m_file); }
    Q_DISABLE_COPY_MOVE(Journal)

    void write(const QByteArray &what, const Job &job) const
    {
        append(what + ' ' + QByteArray::number(static_cast<qlonglong>(job.id)) + ' ' + QByteArray::number(job.attempts) + '\n');
    }
    /// With the moment.
    void mark(const QByteArray &what) const { append(what + ' ' + toStoreText(SystemClock().now()) + '\n'); }

private:
    void append(const QByteArray &line) const
    {
        if (::write(m_file, line.constData(), static_cast<std::size_t>(line.size())) != line.size())
            qFatal("the journal cannot be written");
    }

    int m_file;
};

void registerCommands(CommandRegistry &registry, const Journal &journal, const QString &word)
{
    registry.addFunction(u"Note"_s, [&journal](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        context.log(u"noted"_s);
        journal.write("run", context.job());
        return QJsonObject{{u"noted"_s, true}};
    });
    registry.addFunction(u"WaitsForWord"_s, [&journal, word](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        journal.write("run", context.job());
        while (!QFile::exists(word)) {
            context.throwIfCancelled();
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return QJsonObject{};
    });
    registry.addFunction(u"FailFirst"_s, [&journal](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        journal.write("run", context.job());
        if (context.job().attempts == 1)
            throw JobException(u"First"_s, u"the first attempt fails"_s);
        return QJsonObject{};
    });
    registry.addFunction(u"AlwaysFail"_s, [&journal](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        journal.write("run", context.job());
        throw JobException(u"Always"_s, u"every attempt fails"_s);
    });
    registry.addFunction(u"Batch"_s, [&journal](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        journal.write("run", context.job());
        QList<NewJob> parts;
        for (int i = 0; i < 3; ++i)
            parts.append({.name = u"Note"_s, .options = {.dependsOn = context.job().id, .refId = u"part-%1"_s.arg(i)}});
        if (const auto refs = context.enqueue(parts); !refs)
            throw JobException(u"Enqueue"_s, refs.error().message);
        if (context.job().attempts == 1)
            throw JobException(u"First"_s, u"the first attempt fails"_s);
        return QJsonObject{};
    });
    registry.addFunction(u"ThrowsNumber"_s, [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> { throw 42; });
    registry.addFunction(u"Floods"_s, [](const QJsonObject &request, JobContext &context) -> Outcome<QJsonObject> {
        for (int i = 0; i < request.value(u"lines"_s).toInt(); ++i)
            context.log(u"line %1"_s.arg(i));
        return QJsonObject{};
    });
    registry.addFunction(u"Allocates"_s, [](const QJsonObject &, JobContext &) -> Outcome<QJsonObject> {
        for (std::vector<std::vector<char>> all;;)
            all.emplace_back(64 << 20);
    });
    registry.addFunction(u"Called"_s, [&journal](const QJsonObject &, JobContext &context) -> Outcome<QJsonObject> {
        journal.write("called", context.job());
        return QJsonObject{};
    });
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const Journal journal(arguments.at(2));
    auto store = JobQueue::openStore(arguments.at(1), OpenMode::Create);
    if (!store)
        qFatal("%s", qPrintable(store.error().message));
    CommandRegistry registry;
    registerCommands(registry, journal, arguments.at(2) + u".word"_s);
    JobHost host(*store, registry, {.backoff = {.backoff = RetryPolicy::Backoff::None}, .interruptionLimit = 1000});
    QObject::connect(&host, &JobHost::drained, &application, &QCoreApplication::quit);
    journal.mark("starting");
    if (const auto started = host.start(); !started)
        qFatal("%s", qPrintable(started.error().message));
    journal.mark("up");
    if (!arguments.contains(u"--forever"))
        host.drainWhenIdle();
    const int result = QCoreApplication::exec();
    host.stop();
    return result;
}
