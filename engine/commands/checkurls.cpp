// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/checkurls.h"

#include "engine/commands/httpexchange.h"
#include "engine/commands/stoppableloop.h"

#include <QNetworkAccessManager>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

/// Goes through the addresses of one run. Lives on the thread that runs it.
class UrlChecks final
{
public:
    UrlChecks(const CheckUrlsRequest &request, JobContext &context)
        : m_request(request)
        , m_context(context)
        , m_loop(context.stopToken())
        , m_results(request.urls.size())
    {
    }

    QList<CheckedUrl> run()
    {
        for (int i = 0; i < CheckUrls::atOnce; ++i)
            checkNext();
        m_loop.exec();
        m_context.throwIfCancelled();
        return m_results;
    }

private:
    void checkNext()
    {
        while (m_next < m_results.size()) {
            const qsizetype index = m_next++;
            const HttpQuestion question{.method = "HEAD"_ba,
                                        .url = QUrl(m_request.urls.at(index), QUrl::StrictMode),
                                        .timeout = std::chrono::milliseconds(m_request.timeoutMs),
                                        .bodyLimit = 0};
            if (const QString mistake = HttpExchange::mistakeIn(question); mistake.isEmpty())
                return ask(index, question);
            else
                record(index, {.errorMessage = mistake});
        }
    }

    void ask(qsizetype index, const HttpQuestion &question)
    {
        auto *const exchange = new HttpExchange(m_network, question, &m_exchanges);
        QObject::connect(exchange, &HttpExchange::finished, exchange, [this, exchange, index, question] {
            exchange->deleteLater();
            const HttpAnswer &answer = exchange->answer();
            if (question.method == "HEAD" && (answer.status == 405 || answer.status == 501)) {
                HttpQuestion whole = question;
                whole.method = "GET"_ba;
                return ask(index, whole);
            }
            record(index, answer);
            checkNext();
        });
        exchange->start();
    }

    void record(qsizetype index, const HttpAnswer &answer)
    {
        CheckedUrl &checked = m_results[index];
        checked = {m_request.urls.at(index), answer.status, answer.duration.count(), answer.errorMessage};
        if (answer.status >= 400)
            checked.error = u"%1 %2"_s.arg(QString::number(answer.status), answer.reason).trimmed();
        const QString shown = HttpExchange::displayUrl(QUrl(checked.url));
        if (checked.error.isEmpty())
            m_context.log(u"%1: %2 after %3 ms"_s.arg(shown, QString::number(checked.status), QString::number(checked.durationMs)));
        else
            m_context.log(LogLevel::Warning, u"%1: %2"_s.arg(shown, checked.error));
        ++m_done;
        m_context.update(static_cast<double>(m_done) / static_cast<double>(m_results.size()),
                         u"%1 of %2 checked"_s.arg(m_done).arg(m_results.size()));
        if (m_done == m_results.size())
            m_loop.quit();
    }

    const CheckUrlsRequest &m_request;
    JobContext &m_context;
    StoppableLoop m_loop;
    QNetworkAccessManager m_network;
    QObject m_exchanges; ///< owns those under way
    QList<CheckedUrl> m_results;
    qsizetype m_next = 0;
    qsizetype m_done = 0;
};

} // namespace

Outcome<CheckUrlsResult> CheckUrls::run(const CheckUrlsRequest &request, JobContext &context)
{
    if (request.urls.isEmpty())
        return Fail{{QString(joberror::badRequest), u"urls: none is given"_s, {}, {}, {}}};
    CheckUrlsResult result{UrlChecks(request, context).run()};
    QStringList down;
    for (const CheckedUrl &checked : result.results) {
        if (!checked.error.isEmpty())
            down.append(HttpExchange::displayUrl(QUrl(checked.url)));
    }
    if (request.failOnError && !down.isEmpty())
        throw JobException(u"UrlsDown"_s,
                           u"%1 of %2 addresses are down, the first is %3"_s.arg(
                               QString::number(down.size()), QString::number(result.results.size()), down.constFirst()));
    return result;
}

} // namespace stint
