// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/jobcontext.h"
#include "engine/jsoncodec.h"

#include <QFuture>

#include <chrono>
#include <functional>
#include <memory>
#include <type_traits>
#include <variant>

namespace stint {

/// Outcome: run again, within the retry limit; without `after` by the job's backoff.
struct Retry {
    JobError error;
    std::optional<std::chrono::milliseconds> after;
};
/// Outcome: end as cancelled, never retried.
struct Cancel {
    QString reason;
};
/// Outcome: end as failed, whatever the retry limit.
struct Fail {
    JobError error;
};

/// How a command ended: with its result, or with Retry, Cancel or Fail.
template <typename Response>
using Outcome = std::variant<Response, Retry, Cancel, Fail>;

/// The result of a command that has none.
struct Done {
};

/// A result in the form that the store keeps.
struct JsonResult {
    QString typeName;
    QByteArray json; ///< empty: no result
};

/// A command with its types erased: what the registry makes and the runner runs.
class AbstractCommand
{
public:
    using Finished = std::function<void(Outcome<JsonResult>)>;

    virtual ~AbstractCommand() = default;
    /// Runs once. Calls `finished` exactly once, before it returns (sync) or later on any thread (async);
    /// may throw instead. The object lives until `finished` was called, and on while a stop
    /// callback of its own runs.
    virtual void execute(const QByteArray &requestBody, const std::shared_ptr<JobContext> &context, const Finished &finished) = 0;

protected:
    AbstractCommand() = default;
    Q_DISABLE_COPY_MOVE(AbstractCommand)
};

namespace detail {
template <typename Response>
Outcome<JsonResult> toJsonOutcome(Outcome<Response> outcome)
{
    return std::visit(
        [](auto &&end) -> Outcome<JsonResult> {
            using End = std::decay_t<decltype(end)>;
            if constexpr (std::is_same_v<End, Done>)
                return JsonResult{};
            else if constexpr (std::is_same_v<End, Response>)
                return JsonResult{typeName<Response>(), toJson(end)};
            else
                return std::forward<decltype(end)>(end);
        },
        std::move(outcome));
}

template <typename Request>
Request parseRequest(const QByteArray &body)
{
    auto request = fromJson<Request>(body);
    if (!request)
        throw JobException(QString(joberror::badRequest), request.error().message);
    return std::move(request).value();
}
} // namespace detail

/// Base of a command: derive, implement run(), register with CommandRegistry::add(). One object a run.
/// `RequestType` and `ResponseType` are Q_GADGET values or QJsonObject; without a result, leave Response out.
template <typename RequestType, typename ResponseType = Done>
class Command : public AbstractCommand
{
public:
    using Request = RequestType;
    using Response = ResponseType;

    /// Does the work, on a thread of the pool. An exception is a failure that is retried.
    virtual Outcome<Response> run(const Request &request, JobContext &context) = 0;

    void execute(const QByteArray &requestBody, const std::shared_ptr<JobContext> &context, const Finished &finished) final
    {
        finished(detail::toJsonOutcome<Response>(run(detail::parseRequest<Request>(requestBody), *context)));
    }
};

/// Base of a command that returns at once and finishes later: it holds no thread while it waits. It may own its QPromise;
/// a thread that finishes it does so last of all that it does with the command.
/// An exception in the future is a failure that is retried; a cancelled future cancels the job.
template <typename RequestType, typename ResponseType = Done>
class AsyncCommand : public AbstractCommand
{
public:
    using Request = RequestType;
    using Response = ResponseType;

    /// Starts the work, on a thread of the pool. `context` may be kept until the future is finished.
    virtual QFuture<Outcome<Response>> run(const Request &request, const std::shared_ptr<JobContext> &context) = 0;

    void execute(const QByteArray &requestBody, const std::shared_ptr<JobContext> &context, const Finished &finished) final
    {
        run(detail::parseRequest<Request>(requestBody), context)
            .then(QtFuture::Launch::Sync, [finished](QFuture<Outcome<Response>> future) {
                Outcome<JsonResult> outcome = Cancel{QStringLiteral("the command's future was cancelled")};
                try {
                    future.waitForFinished(); // rethrows what the command threw
                    if (future.resultCount() > 0)
                        outcome = detail::toJsonOutcome<Response>(future.result());
                } catch (const JobException &failure) {
                    outcome = Retry{failure.error(), {}};
                } catch (const std::exception &failure) {
                    outcome = Retry{JobError{QString(joberror::exception), QString::fromUtf8(failure.what()), {}, {}, {}}, {}};
                } catch (...) {
                    outcome = Retry{JobError{QString(joberror::exception), QStringLiteral("unknown exception"), {}, {}, {}}, {}};
                }
                finished(std::move(outcome));
            });
    }
};

} // namespace stint
