// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/command.h"

#include <QUrl>

namespace stint {

/// Runs an API by asking the web service that has it: `POST {base}/{name}` with the job's request as its body. The
/// answer's body is the job's result, byte for byte. What the service may want to know goes in headers: `X-Stint-Job`,
/// `X-Stint-Attempt`, and, where the job has a user, `X-Stint-User` and `X-Stint-User-Name` (percent-encoded). A status
/// from 400 is a failure, with the code and message of ServiceStack's `responseStatus` where the answer has one.
/// On a thread of the pool.
class RemoteApi final : public AbstractCommand
{
public:
    /// Where the service is and what lets us in.
    struct Service {
        QUrl base;              ///< http or https
        QByteArray bearerToken; ///< empty: none is sent
    };

    explicit RemoteApi(Service service)
        : m_service(std::move(service))
    {
    }

    void execute(const QByteArray &requestBody, const std::shared_ptr<JobContext> &context, const Finished &finished) override;

private:
    Service m_service;
};

} // namespace stint
