// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/theme.h"
#include "engine/result.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace stint {

/// What the command line asks of the window.
struct LaunchOptions {
    QString folder;
    bool readOnly = false;
    QString view; ///< key of a pane
    std::optional<std::int64_t> jobId;
    QString filter;
    std::optional<theme::Choice> theme;
    QString settingsFile;
    QString screenshotFile;
    bool help = false;
    bool version = false;

    [[nodiscard]] static Result<LaunchOptions> parse(const QStringList &arguments);
    [[nodiscard]] static QString helpText();
    [[nodiscard]] static QStringList views();
};

} // namespace stint
