// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/result.h"

#include <QByteArray>
#include <QFile>
#include <QString>

namespace stint::cli {

/// How the command ends.
enum ExitCode : int {
    Done = 0,     ///< all that was asked for
    Refused = 1,  ///< refused or failed, wholly or in part
    BadUsage = 2, ///< the command line makes no sense; nothing was changed
};

/// Standard output, written in large pieces. Main thread.
class Output final
{
public:
    Output();

    void write(QByteArrayView bytes);
    void line(const QString &text);
    /// Sends what is held back. False if any write failed: the reason is on stderr.
    bool flush();
    /// Ends the output: `code`, or Refused where it could not be written.
    [[nodiscard]] int finish(ExitCode code);

    /// For programs that write by themselves.
    [[nodiscard]] QFile &device() { return m_file; }
    [[nodiscard]] static bool isTerminal();

private:
    QFile m_file;
    QByteArray m_pending;
    bool m_failed = false;
};

/// One line on stderr.
void warn(const QString &message);
/// The same, and the exit code to return.
[[nodiscard]] int fail(const QString &message, ExitCode code = Refused);
/// A wrong argument is bad usage, everything else a refusal.
[[nodiscard]] int fail(const Error &error);

/// Text of unknown origin for a terminal: one line, without characters that steer it or turn the reading direction.
[[nodiscard]] QString printable(QStringView text);

} // namespace stint::cli
