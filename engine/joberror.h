// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace stint {

using StringMap = QMap<QString, QString>;

/// One field that a request had wrong.
struct FieldError {
    QString errorCode;
    QString fieldName;
    QString message;
    std::optional<StringMap> meta;

    friend bool operator==(const FieldError &, const FieldError &) = default;
};

/// Why a job failed: the content of the Error column (ServiceStack's ResponseStatus). A null text or an
/// absent list is a field that the column does not have.
struct JobError {
    QString errorCode; ///< class of the failure, e.g. `Exception`, `Timeout`, `NotFound`
    QString message;
    QString stackTrace;
    std::optional<QList<FieldError>> errors;
    std::optional<StringMap> meta;

    friend bool operator==(const JobError &, const JobError &) = default;
};

/// The codes Stint itself gives to a job.
namespace joberror {
inline constexpr QLatin1StringView exception{"Exception"};             ///< the command threw
inline constexpr QLatin1StringView timeout{"Timeout"};                 ///< the attempt took longer than allowed
inline constexpr QLatin1StringView cancelled{"TaskCanceledException"}; ///< cancelled by request or with its parent
inline constexpr QLatin1StringView hostLost{"HostLost"};               ///< its host died too often while it ran
inline constexpr QLatin1StringView notFound{"NotFound"};               ///< e.g. its user does not exist
inline constexpr QLatin1StringView badRequest{"BadRequest"};           ///< the request does not fit the command

/// Of a job that somebody cancelled, in the words of ServiceStack.
[[nodiscard]] JobError jobWasCancelled();
/// Of a job whose parent ended without success, in the words of ServiceStack.
[[nodiscard]] JobError parentFailed();
} // namespace joberror

} // namespace stint
