// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/httprequest.h"

#include "engine/commands/httpexchange.h"

#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

HttpQuestion questionOf(const HttpRequestRequest &request)
{
    HttpQuestion question{.method = request.method.toUpper().toUtf8(),
                          .url = QUrl(request.url, QUrl::StrictMode),
                          .body = request.body.toUtf8(),
                          .timeout = std::chrono::milliseconds(request.timeoutMs)};
    for (auto header = request.headers.begin(); header != request.headers.end(); ++header)
        question.headers.append({header.key().toUtf8(), header.value().toUtf8()});
    return question;
}

/// What follows `charset=` in the content type; UTF-8 for none and for those that Qt does not know.
QString toText(const QByteArray &body, const QByteArray &contentType)
{
    static constexpr QByteArrayView key{"charset="};
    QByteArray charset;
    if (const auto at = contentType.toLower().indexOf(key); at >= 0)
        charset = contentType.mid(at + key.size()).split(';').constFirst().trimmed().replace('"', "");
    QStringDecoder decode(QStringConverter::encodingForName(charset.constData()).value_or(QStringConverter::Utf8));
    return decode(body);
}

HttpRequestResult resultOf(const HttpAnswer &answer)
{
    HttpRequestResult result{.status = answer.status, .headers = {}, .body = {}, .truncated = answer.truncated};
    for (const auto &[name, value] : answer.headers)
        result.headers.insert(QString::fromLatin1(name), QString::fromUtf8(value));
    result.body = toText(answer.body, result.headers.value(u"content-type"_s).toUtf8());
    return result;
}

} // namespace

Outcome<HttpRequestResult> HttpRequest::run(const HttpRequestRequest &request, JobContext &context)
{
    const HttpQuestion question = questionOf(request);
    if (const QString mistake = HttpExchange::mistakeIn(question); !mistake.isEmpty())
        return Fail{{QString(joberror::badRequest), mistake, {}, {}, {}}};

    const HttpAnswer answer = ask(question, context);
    const QString asked = QString::fromUtf8(question.method) + u' ' + HttpExchange::displayUrl(question.url);
    if (answer.status == 0)
        throw JobException(answer.errorCode, u"%1: %2"_s.arg(asked, answer.errorMessage));
    const QString answered = u"%1 answered %2 %3"_s.arg(asked, QString::number(answer.status), answer.reason).trimmed();
    if (answer.status >= 400)
        throw JobException(u"Http%1"_s.arg(answer.status), answered);
    context.log(u"%1 after %2 ms"_s.arg(answered, QString::number(answer.duration.count())));
    return resultOf(answer);
}

} // namespace stint
