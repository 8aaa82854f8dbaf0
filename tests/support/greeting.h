// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/command.h"

#include <QFuture>

#include <atomic>

namespace stint::test {

struct MyRequest {
    Q_GADGET
    Q_PROPERTY(int id MEMBER id)
public:
    int id = 0;
};

struct MyResponse {
    Q_GADGET
    Q_PROPERTY(QString result MEMBER result)
public:
    QString result;
};

/// Answers with a greeting, and logs and reports on the way.
class MyCommand final : public Command<MyRequest, MyResponse>
{
public:
    Outcome<MyResponse> run(const MyRequest &request, JobContext &context) override
    {
        context.log(QStringLiteral("MyCommand Started..."));
        context.update(0.5, QStringLiteral("Half"));
        context.log(QStringLiteral("MyCommand Finished"));
        context.update(1, QStringLiteral("Finished"));
        return MyResponse{QStringLiteral("Hello %1").arg(request.id)};
    }
};

class AsyncGreeting final : public AsyncCommand<MyRequest, MyResponse>
{
public:
    QFuture<Outcome<MyResponse>> run(const MyRequest &request, const std::shared_ptr<JobContext> &) override
    {
        return QtFuture::makeReadyFuture(Outcome<MyResponse>(MyResponse{QStringLiteral("Async %1").arg(request.id)}));
    }
};

/// Runs until it is asked to stop, and then ends from within its stop callback.
class EndsWhenStopped final : public AsyncCommand<MyRequest, MyResponse>
{
public:
    EndsWhenStopped() { ++alive; }
    ~EndsWhenStopped() override { --alive; }

    QFuture<Outcome<MyResponse>> run(const MyRequest &, const std::shared_ptr<JobContext> &context) override
    {
        m_promise.start();
        m_stopped.emplace(context->stopToken(), [this] {
            m_promise.addResult(Outcome<MyResponse>(Cancel{}));
            m_promise.finish();
        });
        return m_promise.future();
    }

    static inline std::atomic<int> alive = 0;

private:
    QPromise<Outcome<MyResponse>> m_promise;
    std::optional<std::stop_callback<std::function<void()>>> m_stopped;
};

} // namespace stint::test
