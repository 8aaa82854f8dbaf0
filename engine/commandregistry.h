// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/command.h"
#include "engine/jobstats.h"

#include <QHash>
#include <QJsonObject>

namespace stint {

/// What a command fixes for all its jobs; each field beats the job's own option.
struct CommandOptions {
    QString worker;
    std::optional<std::chrono::seconds> timeout;
    std::optional<int> retryLimit;
    std::optional<RetryPolicy> backoff;
    bool logToApplication = true; ///< its log lines also go to the logging category `stint.job`
};

/// A command or API that a host can run.
struct CommandEntry {
    CommandInfo info;
    CommandOptions options;
    std::function<std::unique_ptr<AbstractCommand>()> create; ///< called once a run, on a thread of the pool
};

namespace detail {
/// A command made of a function, for lambdas and API handlers.
template <typename RequestType, typename ResponseType, typename Function>
class FunctionCommand final : public Command<RequestType, ResponseType>
{
public:
    explicit FunctionCommand(Function function)
        : m_function(std::move(function))
    {
    }
    Outcome<ResponseType> run(const RequestType &request, JobContext &context) override { return m_function(request, context); }

private:
    Function m_function;
};
} // namespace detail

/// The commands and APIs of a host, by name. Filled before the host starts; then read from any thread.
class CommandRegistry final
{
public:
    CommandRegistry() = default;

    /// Adds command class C under its own class name. `create` may capture what the command needs.
    template <typename C>
    void add(
        CommandOptions options = {}, std::function<std::unique_ptr<C>()> create = [] { return std::make_unique<C>(); })
    {
        add<C>(typeName<C>(), std::move(options), std::move(create));
    }
    template <typename C>
    void add(
        const QString &name, CommandOptions options = {}, std::function<std::unique_ptr<C>()> create = [] { return std::make_unique<C>(); })
    {
        add(CommandEntry{
            {name, false, typeName<typename C::Request>(), requestFields<typename C::Request>()}, std::move(options), std::move(create)});
    }

    /// Adds a function `Outcome<Response>(const Request &, JobContext &)` as a command.
    template <typename Request = QJsonObject, typename Response = QJsonObject, typename Function>
    void addFunction(const QString &name, Function function, CommandOptions options = {})
    {
        addFunctionEntry<Request, Response>({name, false, typeName<Request>(), requestFields<Request>()}, std::move(function),
                                            std::move(options));
    }

    /// Adds the handler of an API: it is found by the name of its request type.
    template <typename Request, typename Response = Done, typename Function>
    void addApi(Function handler, CommandOptions options = {})
    {
        addFunctionEntry<Request, Response>({typeName<Request>(), true, typeName<Request>(), requestFields<Request>()}, std::move(handler),
                                            std::move(options));
    }

    /// What runs every API that has no handler of its own. Its command finds the name in its job.
    void setApiFallback(std::function<std::unique_ptr<AbstractCommand>()> create, CommandOptions options = {})
    {
        add(CommandEntry{{anyApi, true, {}, {}}, std::move(options), std::move(create)});
    }

    /// Adds or replaces.
    void add(const CommandEntry &entry);
    /// Adds every command that a CommandDeclaration in the program or a loaded library names.
    void addDeclared();

    /// Null where there is none.
    [[nodiscard]] const CommandEntry *find(const QString &name, bool isApi) const;
    /// What the host publishes, by name.
    [[nodiscard]] QList<CommandInfo> describe() const;

private:
    template <typename Request, typename Response, typename Function>
    void addFunctionEntry(CommandInfo info, Function function, CommandOptions options)
    {
        add(CommandEntry{std::move(info), std::move(options), [function = std::move(function)] {
                             return std::make_unique<detail::FunctionCommand<Request, Response, Function>>(function);
                         }});
    }

    QHash<QString, CommandEntry> m_commands;
    QHash<QString, CommandEntry> m_apis;
};

/// Declares a command once, as a namespace-scope object beside its class:
/// `static const CommandDeclaration<SendEmail> declaration;` Every host that calls addDeclared() then has it.
class AbstractCommandDeclaration
{
public:
    virtual void addTo(CommandRegistry &registry) const = 0;

protected:
    AbstractCommandDeclaration();
    virtual ~AbstractCommandDeclaration();
    Q_DISABLE_COPY_MOVE(AbstractCommandDeclaration)
};

template <typename C>
class CommandDeclaration final : public AbstractCommandDeclaration
{
public:
    explicit CommandDeclaration(CommandOptions options = {})
        : m_options(std::move(options))
    {
    }
    void addTo(CommandRegistry &registry) const override { registry.add<C>(m_options); }

private:
    CommandOptions m_options;
};

} // namespace stint
