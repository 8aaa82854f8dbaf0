// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/launchoptions.h"
#include "app/console/mainwindow.h"
#include "app/console/screenshot.h"
#include "app/console/settings.h"

#include <QApplication>

#include <cstdio>
#include <variant>

namespace {

/// What to do, or the exit code. Needs no display.
std::variant<stint::LaunchOptions, int> readCommandLine(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    auto options = stint::LaunchOptions::parse(QCoreApplication::arguments());
    if (!options) {
        std::fprintf(stderr, "stint-console: %s\n", qUtf8Printable(options.error().message));
        return 2;
    }
    if (!options->help && !options->version)
        return std::move(options).value();
    std::fputs(options->help ? qUtf8Printable(stint::LaunchOptions::helpText()) : "stint-console " STINT_VERSION "\n", stdout);
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication::setOrganizationName(QStringLiteral("stint"));
    QCoreApplication::setApplicationName(QStringLiteral("stint-console"));
    QCoreApplication::setApplicationVersion(QStringLiteral(STINT_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Stint Console"));
    const auto command = readCommandLine(argc, argv);
    if (const int *exitCode = std::get_if<int>(&command))
        return *exitCode;
    const auto &options = std::get<stint::LaunchOptions>(command);
    const QApplication application(argc, argv);
    stint::Settings settings(options.settingsFile);
    stint::theme::apply(options.theme.value_or(settings.themeChoice()));
    stint::MainWindow window(settings);
    window.launch(options);
    window.show();
    if (!options.screenshotFile.isEmpty())
        new stint::Screenshot(window, options.screenshotFile);
    return QApplication::exec();
}
