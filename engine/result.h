// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <cstdint>
#include <utility>
#include <variant>

namespace stint {

/// Why a call failed: to decide on. The text for people is Error::message.
enum class ErrorCode : std::uint8_t {
    InvalidArgument, ///< the caller's values make no sense; nothing was changed
    NotFound,        ///< no job, worker or file of that name
    Conflict,        ///< the state of the job or store does not allow it
    ReadOnly,        ///< the store was opened read-only, or its folder cannot be written
    Busy,            ///< another process holds the lock for longer than the busy time-out
    Foreign,         ///< not a job database, or one that Stint did not make and may not change
    Damaged,         ///< the file is a job database but cannot be read
    DiskFull,        ///< no room left; nothing of the call was kept
    Io,              ///< the operating system refused a read or write
    Unsupported,     ///< this kind of store cannot do that
    Unknown,         ///< no host knows the command or API
    Cancelled,       ///< the caller asked to stop
    Internal,        ///< a fault of Stint itself
};

/// A failure: a code to decide by and an English sentence that says what and where.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString message;
};

/// Either a value or the Error that prevented it. Check with ok() before value().
template <typename T>
class [[nodiscard]] Result final
{
public:
    Result(T value)
        : m_content(std::in_place_index<0>, std::move(value))
    {
    } // NOLINT(google-explicit-constructor)
    Result(Error error)
        : m_content(std::in_place_index<1>, std::move(error))
    {
    } // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool ok() const noexcept { return m_content.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    [[nodiscard]] const T &value() const & { return std::get<0>(m_content); }
    [[nodiscard]] T &value() & { return std::get<0>(m_content); }
    [[nodiscard]] T value() && { return std::get<0>(std::move(m_content)); } ///< no reference: `for (… : *call())` would outlive it
    [[nodiscard]] const T &operator*() const & { return value(); }
    [[nodiscard]] T &operator*() & { return value(); }
    [[nodiscard]] T operator*() && { return std::move(*this).value(); }
    [[nodiscard]] const T *operator->() const { return &value(); }
    [[nodiscard]] T *operator->() { return &value(); }

    [[nodiscard]] const Error &error() const { return std::get<1>(m_content); }

private:
    std::variant<T, Error> m_content;
};

/// Success without a value, or the Error.
template <>
class [[nodiscard]] Result<void> final
{
public:
    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
        , m_ok(false)
    {
    } // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool ok() const noexcept { return m_ok; }
    explicit operator bool() const noexcept { return m_ok; }
    [[nodiscard]] const Error &error() const { return m_error; }

private:
    Error m_error;
    bool m_ok = true;
};

} // namespace stint
