// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/notifywebhook.h"

#include "engine/commands/httpexchange.h"
#include "engine/commands/replyto.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

/// Nobody reads what the server says; so much is taken, so that the connection ends well.
constexpr qsizetype answerLimit = 64 * 1024;

/// What to send, or why there is nothing.
Result<QByteArray> payload(const QByteArray &requestBody, const JobContext &context)
{
    const QByteArray request = requestBody.trimmed();
    if (context.notifiedJob() || (!request.isEmpty() && request != "{}"))
        return requestBody;
    if (!context.job().dependsOn)
        return Error{ErrorCode::InvalidArgument, u"an empty request sends the result of the job it depends on: dependsOn is missing"_s};
    const auto parent = context.parentJob();
    if (!parent)
        return parent.error();
    if (!*parent)
        return Error{ErrorCode::NotFound, u"there is no job %1"_s.arg(*context.job().dependsOn)};
    const QByteArray result = (*parent)->responseBody;
    return result.isEmpty() ? QByteArray("{}") : result;
}

Fail refusal(const Error &error)
{
    return {{QString(joberror::badRequest), error.message, {}, {}, {}}};
}

} // namespace

Result<ReplyTo> NotifyWebhook::target(const Job &job) const
{
    if (job.replyTo.isEmpty())
        return Error{ErrorCode::InvalidArgument, u"the job has no replyTo"_s};
    return ReplyTo::parse(job.replyTo, [this](const QString &name) -> Result<QByteArray> {
        if (!m_policy.environment.contains(name))
            return Error{ErrorCode::InvalidArgument, u"replyTo: this host may not send the environment variable %1"_s.arg(name)};
        const QByteArray value = qgetenv(name.toLocal8Bit().constData());
        if (value.isEmpty())
            return Error{ErrorCode::InvalidArgument, u"replyTo: the environment has no %1"_s.arg(name)};
        return value;
    });
}

void NotifyWebhook::execute(const QByteArray &requestBody, const std::shared_ptr<JobContext> &context, const Finished &finished)
{
    const auto replyTo = target(context->job());
    if (!replyTo)
        return finished(refusal(replyTo.error()));
    const auto body = payload(requestBody, *context);
    if (!body)
        return finished(refusal(body.error()));
    HttpQuestion question{.method = replyTo->method,
                          .url = replyTo->url,
                          .headers = replyTo->headers,
                          .body = *body,
                          .timeout = m_policy.timeout,
                          .bodyLimit = answerLimit,
                          .mayLoseBody = false,
                          .authorities = m_policy.authorities};
    question.headers.emplaceBack("Content-Type", "application/json; charset=utf-8");
    if (std::none_of(question.headers.begin(), question.headers.end(),
                     [](const auto &header) { return header.first.toLower() == "accept"; }))
        question.headers.emplaceBack("Accept", "application/json");

    const HttpAnswer answer = ask(question, *context);
    const QString server = question.url.host();
    if (answer.status == 0)
        throw JobException(answer.errorCode, u"webhook at %1: %2"_s.arg(server, answer.errorMessage));
    const QString answered = u"webhook at %1: %2 %3"_s.arg(server, QString::number(answer.status), answer.reason).trimmed();
    if (answer.status / 100 != 2)
        throw JobException(u"Http%1"_s.arg(answer.status), answered);
    context->log(answered);
    finished(JsonResult{u"NotifyWebhookResult"_s, "{\"status\":" + QByteArray::number(answer.status) + '}'});
}

} // namespace stint
