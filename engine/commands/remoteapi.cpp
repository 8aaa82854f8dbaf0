// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/remoteapi.h"

#include "engine/commands/httpexchange.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

constexpr qsizetype longestAnswer = 16 * 1024 * 1024;

/// Else whoever may enqueue could ask anything of the server, with the host's token.
bool isOneSegment(const QString &name)
{
    return !name.contains(u'/') && !name.contains(u'\\') && name != "."_L1 && name != ".."_L1;
}

QUrl addressOf(const QUrl &base, const QString &api)
{
    QUrl url = base;
    url.setPath(base.path() + (base.path().endsWith(u'/') ? u""_s : u"/"_s) + api);
    return url;
}

HttpQuestion questionOf(const RemoteApi::Service &service, const QByteArray &body, const JobContext &context)
{
    const Job &job = context.job();
    HttpQuestion question{.method = "POST",
                          .url = addressOf(service.base, job.request),
                          .headers = {{"Content-Type", "application/json; charset=utf-8"},
                                      {"Accept", "application/json"},
                                      {"X-Stint-Job", QByteArray::number(static_cast<qlonglong>(job.id))},
                                      {"X-Stint-Attempt", QByteArray::number(job.attempts)}},
                          .body = body,
                          .timeout = std::chrono::hours{24}, // the job's own time-out comes first
                          .bodyLimit = longestAnswer};
    if (!service.bearerToken.isEmpty())
        question.headers.append({"Authorization", "Bearer " + service.bearerToken});
    if (const auto &user = context.user()) {
        question.headers.append({"X-Stint-User", QUrl::toPercentEncoding(user->id)});
        question.headers.append({"X-Stint-User-Name", QUrl::toPercentEncoding(user->name)});
    }
    return question;
}

JobException failureOf(const HttpAnswer &answer, const QString &asked)
{
    const QJsonObject status = QJsonDocument::fromJson(answer.body).object().value("responseStatus"_L1).toObject();
    const QString code = status.value("errorCode"_L1).toString();
    const QString message = status.value("message"_L1).toString();
    return JobException(code.isEmpty() ? u"Http%1"_s.arg(answer.status) : code,
                        message.isEmpty() ? u"%1 answered %2 %3"_s.arg(asked, QString::number(answer.status), answer.reason).trimmed()
                                          : message);
}

} // namespace

void RemoteApi::execute(const QByteArray &requestBody, const std::shared_ptr<JobContext> &context, const Finished &finished)
{
    const QString api = context->job().request;
    if (!isOneSegment(api))
        return finished(Fail{{QString(joberror::badRequest), u"\"%1\" is no name of an API"_s.arg(api), {}, {}, {}}});
    const HttpQuestion question = questionOf(m_service, requestBody, *context);
    if (const QString mistake = HttpExchange::mistakeIn(question); !mistake.isEmpty())
        return finished(Fail{{QString(joberror::badRequest), mistake, {}, {}, {}}});

    const HttpAnswer answer = ask(question, *context);
    const QString asked = u"POST "_s + HttpExchange::displayUrl(question.url);
    if (answer.status == 0)
        throw JobException(answer.errorCode, u"%1: %2"_s.arg(asked, answer.errorMessage));
    if (answer.status >= 400)
        throw failureOf(answer, asked);
    if (answer.truncated)
        throw JobException(u"AnswerTooLong"_s, u"%1 answered with more than %2 MiB"_s.arg(asked).arg(longestAnswer >> 20));
    finished(JsonResult{{}, answer.body});
}

} // namespace stint
