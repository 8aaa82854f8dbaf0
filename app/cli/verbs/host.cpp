// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/verbs/host.h"

#include "app/cli/commandplugins.h"
#include "app/cli/hostreport.h"
#include "app/cli/metricsfile.h"
#include "app/cli/options.h"
#include "app/cli/stopsignals.h"
#include "app/cli/systemdnotification.h"
#include "app/cli/systemusers.h"
#include "app/cli/usersfile.h"
#include "engine/commands/builtincommands.h"
#include "engine/commands/remoteapi.h"
#include "engine/jobqueue.h"

#include <QCoreApplication>
#include <QFile>
#include <QLoggingCategory>

#include <csignal>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace stint::cli {

HostVerb::HostVerb(CLI::App &app)
    : Verb(app, "host", "Run the jobs of the store until stopped by SIGINT or SIGTERM")
{
    addParsed(parser(), "--concurrency", m_options.concurrency, value::positive, "a whole number above 0",
              "Jobs at once outside named workers (default: four a core)")
        ->type_name("N");
    addParsed(parser(), "--retry-limit", m_options.retryLimit, value::notNegative, "a whole number, 0 or more",
              "Retries of jobs that do not say (default 2)")
        ->type_name("N");
    addParsed(parser(), "--timeout", m_options.timeout, value::timeout, "a duration in whole seconds such as 30s or 10m",
              "Of an attempt, for jobs that do not say (default 10m)")
        ->type_name("10m");
    parser().add_flag("--drain", m_drain, "Stop when nothing is due; exit 1 if jobs remain that no host knows");
    addText(parser(), "--users", m_users,
            "who a job's userId is: a JSON list of {id, name, roles, claims}, or the accounts of this machine")
        ->type_name("FILE|system");
    parser().add_flag("--adopt", m_options.adopt, "Also a store that Stint did not make: a backup is kept, columns are added");
    parser()
        .add_option_function<std::vector<std::string>>(
            "--plugin",
            [this](const std::vector<std::string> &files) {
                for (const std::string &file : files)
                    m_plugins.append(QString::fromStdString(file));
            },
            "Also run the commands of this Qt plug-in; may be repeated")
        ->type_name("FILE")
        ->allow_extra_args(false);
    auto *const base = addText(parser(), "--api-base", m_apiBase, "Run APIs by asking this web service: POST URL/API with the request")
                           ->type_name("URL");
    addText(parser(), "--api-token-env", m_apiTokenVariable, "The environment variable that holds the bearer token for it")
        ->type_name("NAME")
        ->needs(base);
    parser()
        .add_option_function<std::vector<std::string>>(
            "--callback-env",
            [this](const std::vector<std::string> &names) {
                for (const std::string &name : names)
                    m_webhooks.environment.insert(QString::fromStdString(name));
            },
            "A replyTo may send this environment variable as $NAME; may be repeated")
        ->type_name("NAME")
        ->allow_extra_args(false);
    addText(parser(), "--callback-ca", m_authoritiesFile, "PEM file of further certificates to verify the servers of webhooks by")
        ->type_name("FILE");
    addText(parser(), "--metrics-file", m_metricsFile, "Keep figures in this file, in Prometheus' text format")->type_name("FILE");
    parser().add_flag("--quiet", m_quiet, "Say only what goes wrong");
}

int HostVerb::run(const QString &location)
{
    if (m_users == u"system") {
        m_options.users = findSystemUser;
    } else if (!m_users.isEmpty()) {
        auto users = readUsersFile(m_users);
        if (!users)
            return fail(u"--users: "_s + users.error().message, users.error().code == ErrorCode::InvalidArgument ? BadUsage : Refused);
        m_options.users = std::move(*users);
    }
    // A reader of our output that has gone must not take the running jobs with it.
    std::signal(SIGPIPE, SIG_IGN);
    if (m_quiet)
        QLoggingCategory::setFilterRules(u"stint.*.debug=false\nstint.*.info=false"_s);
    if (!m_authoritiesFile.isEmpty()) {
        QFile file(m_authoritiesFile);
        if (!file.open(QIODevice::ReadOnly))
            return fail(u"--callback-ca: %1: %2"_s.arg(m_authoritiesFile, file.errorString()), BadUsage);
        m_webhooks.authorities = file.readAll();
        if (!m_webhooks.authorities.contains("-----BEGIN CERTIFICATE-----"))
            return fail(u"--callback-ca: %1: has no certificate in PEM"_s.arg(m_authoritiesFile), BadUsage);
    }
    auto registry = commands();
    if (!registry)
        return fail(registry.error().message, BadUsage);
    const auto store = JobQueue::openStore(location, OpenMode::Create);
    if (!store)
        return fail(store.error());
    return host(*store, std::move(*registry), location);
}

Result<CommandRegistry> HostVerb::commands() const
{
    CommandRegistry registry;
    addBuiltinCommands(registry, m_webhooks);
    registry.addDeclared();
    for (const QString &file : m_plugins) {
        if (const auto added = addCommandsOf(file, registry); !added)
            return Error{added.error().code, u"--plugin: "_s + added.error().message};
    }
    if (m_apiBase.isEmpty())
        return registry;
    const QUrl base(m_apiBase, QUrl::StrictMode);
    if (!base.isValid() || base.host().isEmpty() || (base.scheme() != u"http" && base.scheme() != u"https") || base.hasQuery())
        return Error{ErrorCode::InvalidArgument, u"--api-base: \"%1\" is not the address of a web service"_s.arg(m_apiBase)};
    const QByteArray token = m_apiTokenVariable.isEmpty() ? QByteArray() : qgetenv(m_apiTokenVariable.toLocal8Bit().constData());
    if (!m_apiTokenVariable.isEmpty() && token.isEmpty())
        return Error{ErrorCode::InvalidArgument, u"--api-token-env: the environment has no %1"_s.arg(m_apiTokenVariable)};
    registry.setApiFallback([service = RemoteApi::Service{base, token}] { return std::make_unique<RemoteApi>(service); });
    return registry;
}

int HostVerb::host(const std::shared_ptr<JobStore> &store, CommandRegistry registry, const QString &location)
{
    StopSignals signals;
    JobHost host(store, std::move(registry), m_options);
    std::optional<HostReport> report;
    if (!m_quiet)
        report.emplace(host, m_output);
    const auto say = [&report](const QString &text) {
        if (report)
            report->say(text);
    };
    std::optional<MetricsFile> metrics;
    if (!m_metricsFile.isEmpty()) {
        metrics.emplace(host, *store, m_metricsFile);
        if (const auto written = metrics->write(); !written)
            return fail(u"--metrics-file: "_s + written.error().message);
        QObject::connect(&*metrics, &MetricsFile::problem, &host, warn);
    }
    QStringList unknown;
    QObject::connect(&host, &JobHost::problem, &host, warn);
    // Queued: it may come before the event loop runs, where quit() means nothing.
    QObject::connect(
        &host, &JobHost::drained, &host,
        [&unknown](const QStringList &names) {
            unknown = names;
            QCoreApplication::quit();
        },
        Qt::QueuedConnection);
    QObject::connect(&signals, &StopSignals::stopRequested, &host, [&say] {
        say(u"stopping: running jobs are asked to stop; a second signal ends at once"_s);
        QCoreApplication::quit();
    });

    if (auto started = host.start(); !started)
        return fail(started.error().message);
    say(u"hosting %1, process %2"_s.arg(location).arg(QCoreApplication::applicationPid()));
    notifySystemd("READY=1");
    if (m_drain)
        host.drainWhenIdle();
    QCoreApplication::exec();

    notifySystemd("STOPPING=1");
    const bool stopped = host.stop();
    if (report)
        report->finish();
    if (metrics)
        (void)metrics->write(); // the last figures; that it cannot be written was told before
    if (!stopped) {
        // Their threads cannot be ended: recovery at the next start marks them as interrupted.
        warn(u"jobs that do not respond were left running; ending without them"_s);
        m_output.flush();
        std::_Exit(Refused);
    }
    say(u"stopped"_s);
    if (!unknown.isEmpty())
        return fail(u"jobs remain that this host cannot run: %1"_s.arg(unknown.join(u", "_s)));
    return m_output.finish(Done);
}

} // namespace stint::cli
