// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/launchoptions.h"

#include <QCommandLineParser>

namespace stint {

using namespace Qt::StringLiterals;

namespace {

void declare(QCommandLineParser &parser)
{
    parser.setApplicationDescription(u"A window on a store of jobs."_s);
    parser.addPositionalArgument(u"FOLDER"_s, u"The store: a folder with a file jobs.db."_s, u"[FOLDER]"_s);
    parser.addOptions({
        {u"read-only"_s, u"Only look; change nothing."_s},
        {u"view"_s, u"The pane to show: %1."_s.arg(LaunchOptions::views().join(u", "_s)), u"PANE"_s},
        {u"job"_s, u"Show the details of this job."_s, u"ID"_s},
        {u"filter"_s, u"Show only jobs with this text in a shown column."_s, u"TEXT"_s},
        {u"theme"_s, u"light, dark or system."_s, u"NAME"_s},
        {u"settings"_s, u"Keep settings and journal beside this file instead of the user's own."_s, u"FILE"_s},
        {u"screenshot"_s, u"Write a picture of the window to this PNG file once all is shown, and exit."_s, u"FILE"_s},
        {{u"h"_s, u"help"_s}, u"Show this help."_s},
        {{u"v"_s, u"version"_s}, u"Show the version."_s},
    });
}

Error wrong(const QString &message)
{
    return {ErrorCode::InvalidArgument, message};
}

} // namespace

QStringList LaunchOptions::views()
{
    return {u"queue"_s, u"all"_s, u"completed"_s, u"failed"_s, u"scheduled"_s, u"log"_s, u"workers"_s};
}

QString LaunchOptions::helpText()
{
    QCommandLineParser parser;
    declare(parser);
    return parser.helpText();
}

Result<LaunchOptions> LaunchOptions::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    declare(parser);
    if (!parser.parse(arguments))
        return wrong(parser.errorText());
    LaunchOptions options;
    options.help = parser.isSet(u"help"_s);
    options.version = parser.isSet(u"version"_s);
    options.readOnly = parser.isSet(u"read-only"_s);
    options.view = parser.value(u"view"_s);
    options.filter = parser.value(u"filter"_s);
    options.settingsFile = parser.value(u"settings"_s);
    options.screenshotFile = parser.value(u"screenshot"_s);
    const QStringList places = parser.positionalArguments();
    if (places.size() > 1)
        return wrong(u"Only one folder can be shown: %1"_s.arg(places.join(u' ')));
    options.folder = places.value(0);
    if (!options.view.isEmpty() && !views().contains(options.view))
        return wrong(u"There is no pane %1; the panes are %2."_s.arg(options.view, views().join(u", "_s)));
    if (parser.isSet(u"job"_s)) {
        bool ok = false;
        options.jobId = parser.value(u"job"_s).toLongLong(&ok);
        if (!ok || *options.jobId <= 0)
            return wrong(u"%1 is not a job's id."_s.arg(parser.value(u"job"_s)));
    }
    if (parser.isSet(u"theme"_s)) {
        options.theme = theme::parse(parser.value(u"theme"_s));
        if (!options.theme)
            return wrong(u"There is no theme %1; choose light, dark or system."_s.arg(parser.value(u"theme"_s)));
    }
    return options;
}

} // namespace stint
