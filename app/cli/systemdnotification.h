// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

namespace stint::cli {

/// Tells systemd, if it started this process as a service of `Type=notify`, how it is: `READY=1`, `STOPPING=1`,
/// `STATUS=…`. Source: sd_notify(3), which describes the protocol for programs that do not link its library.
void notifySystemd(const QByteArray &state);

} // namespace stint::cli
