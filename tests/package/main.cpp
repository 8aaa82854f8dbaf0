// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include <engine/jobhost.h>
#include <engine/jobqueue.h>

#include <QCoreApplication>

#include <cstdio>

/// Embeds the engine: enqueues a job in the folder named on the command line, runs it, and prints its result.
int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    auto queue = stint::JobQueue::open(QString::fromLocal8Bit(argv[1]));
    if (!queue) {
        std::fprintf(stderr, "%s\n", qPrintable(queue.error().message));
        return 1;
    }
    stint::CommandRegistry registry;
    registry.addFunction(QStringLiteral("Greet"), [](const QJsonObject &request, stint::JobContext &) -> stint::Outcome<QJsonObject> {
        return QJsonObject{{QStringLiteral("text"), QStringLiteral("Hello ") + request.value(QStringLiteral("name")).toString()}};
    });
    const auto job = (*queue)->enqueueAndWait({.name = QStringLiteral("Greet"), .requestBody = R"({"name":"Ada"})"});
    if (!job)
        return 1;
    (*queue)->whenFinished(
        job->id,
        [](const stint::JobResult &result) {
            std::printf("%s\n", result.job()->responseBody.constData());
            QCoreApplication::quit();
        },
        [](const stint::JobResult &) { QCoreApplication::exit(1); });
    stint::JobHost host((*queue)->store(), registry);
    if (const auto started = host.start(); !started)
        return 1;
    return QCoreApplication::exec();
}
