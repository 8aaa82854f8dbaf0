// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/job.h"

#include <QColor>
#include <QIcon>
#include <QSize>
#include <QString>

#include <optional>

namespace stint {

/// The looks of the window: palettes, state colours and icons, for light and dark. GUI thread.
namespace theme {

enum class Choice : std::uint8_t {
    System, ///< light or dark as the desktop is
    Light,
    Dark,
};
[[nodiscard]] std::optional<Choice> parse(QStringView name);
[[nodiscard]] QString toText(Choice choice);

/// Sets style and palette of the application.
void apply(Choice choice);
[[nodiscard]] bool isDark();

/// Colours of the things that have a meaning; each has a contrast of at least 4.5 on every background of a row.
[[nodiscard]] QColor stateColor(JobState state);
[[nodiscard]] QColor levelColor(LogLevel level);
[[nodiscard]] QColor pausedColor();
[[nodiscard]] QColor mutedText();
[[nodiscard]] QColor linkColor();
/// Behind the row of a failed job.
[[nodiscard]] QColor failedRow();
/// Behind a strip that says something went wrong, or that something waits.
[[nodiscard]] QColor errorStrip();
[[nodiscard]] QColor noticeStrip();
[[nodiscard]] QColor doneStrip();
[[nodiscard]] QColor hintStrip();
[[nodiscard]] QColor line();

[[nodiscard]] QIcon stateIcon(JobState state);
/// For buttons with a text beside the icon: wider than the icon, so that there is room around it.
inline constexpr QSize buttonIconSize{22, 16};
/// An icon of resources/icons in the colour of text, or in `color`.
[[nodiscard]] QIcon icon(const QString &name, const QColor &color = {});

} // namespace theme

} // namespace stint
