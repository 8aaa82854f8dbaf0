// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/theme.h"

#include <QApplication>
#include <QFile>
#include <QHash>
#include <QPainter>
#include <QPalette>
#include <QStyle>
#include <QSvgRenderer>

/// The icons are in a static library: nothing else would link them in. Must stand outside any namespace.
static void initResources()
{
    Q_INIT_RESOURCE(console);
}

namespace stint::theme {

namespace {

/// A colour for light and one for dark.
struct Pair {
    QRgb light;
    QRgb dark;
};

bool dark = false;

QColor pick(Pair pair)
{
    return QColor::fromRgb(dark ? pair.dark : pair.light);
}

QPalette palette()
{
    constexpr Pair window{0xf2f3f5, 0x24272c};
    constexpr Pair base{0xffffff, 0x1a1c20};
    constexpr Pair alternate{0xf8f9fb, 0x1f2226};
    constexpr Pair text{0x1b1f24, 0xe6e9ed};
    constexpr Pair button{0xf7f8f9, 0x2e3238};
    constexpr Pair highlight{0xd4e4fa, 0x264a70};
    constexpr Pair highlightedText{0x10151b, 0xffffff};
    constexpr Pair disabled{0x8b929b, 0x747b85};
    constexpr Pair toolTip{0x2b3038, 0xe6e9ed};
    constexpr Pair toolTipText{0xffffff, 0x1b1f24};

    QPalette made;
    made.setColor(QPalette::Window, pick(window));
    made.setColor(QPalette::WindowText, pick(text));
    made.setColor(QPalette::Base, pick(base));
    made.setColor(QPalette::AlternateBase, pick(alternate));
    made.setColor(QPalette::Text, pick(text));
    made.setColor(QPalette::Button, pick(button));
    made.setColor(QPalette::ButtonText, pick(text));
    made.setColor(QPalette::BrightText, Qt::white);
    made.setColor(QPalette::Highlight, pick(highlight));
    made.setColor(QPalette::HighlightedText, pick(highlightedText));
    made.setColor(QPalette::ToolTipBase, pick(toolTip));
    made.setColor(QPalette::ToolTipText, pick(toolTipText));
    made.setColor(QPalette::PlaceholderText, mutedText());
    made.setColor(QPalette::Link, linkColor());
    made.setColor(QPalette::LinkVisited, linkColor());
    made.setColor(QPalette::Light, pick({0xffffff, 0x3a3f46}));
    made.setColor(QPalette::Midlight, pick({0xe8eaed, 0x33383e}));
    made.setColor(QPalette::Mid, pick({0xc4c9cf, 0x464c54}));
    made.setColor(QPalette::Dark, pick({0x9aa1a9, 0x14161a}));
    made.setColor(QPalette::Shadow, pick({0x6b7178, 0x0d0e10}));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        made.setColor(QPalette::Disabled, role, pick(disabled));
    return made;
}

QPixmap draw(const QByteArray &svg, const QColor &color, int size)
{
    QByteArray coloured = svg;
    coloured.replace("#000", color.name().toLatin1());
    QSvgRenderer renderer(coloured);
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    return pixmap;
}

} // namespace

std::optional<Choice> parse(QStringView name)
{
    for (const Choice choice : {Choice::System, Choice::Light, Choice::Dark}) {
        if (name == toText(choice))
            return choice;
    }
    return std::nullopt;
}

QString toText(Choice choice)
{
    switch (choice) {
    case Choice::System: return QStringLiteral("system");
    case Choice::Light: return QStringLiteral("light");
    case Choice::Dark: return QStringLiteral("dark");
    }
    return {};
}

void apply(Choice choice)
{
    initResources();
    static const bool desktopIsDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    dark = choice == Choice::Dark || (choice == Choice::System && desktopIsDark);
    QApplication::setStyle(QStringLiteral("fusion"));
    QApplication::setPalette(palette());
    const QPalette now = QApplication::palette();
    qApp->setStyleSheet(QStringLiteral("QToolTip { color: %1; background: %2; border: 0; padding: 3px; }"
                                       "QTabWidget::pane { border: 0; }"
                                       "QTabBar::tab { padding: 5px 7px; border: 0; border-bottom: 2px solid transparent; color: %4; }"
                                       "QTabBar::tab:selected { color: %6; border-bottom-color: %7; }"
                                       "QTabBar::tab:hover:!selected { color: %6; border-bottom-color: %5; }"
                                       "QTabBar::tab:focus { background: %8; }"
                                       "QHeaderView { background: %3; }"
                                       "QHeaderView::section { background: %3; color: %4; padding: 0 6px 0 4px; border: 0;"
                                       " border-right: 1px solid %5; border-bottom: 1px solid %5; }")
                            .arg(now.color(QPalette::ToolTipText).name(), now.color(QPalette::ToolTipBase).name(),
                                 now.color(QPalette::Button).name(), mutedText().name(), line().name(), now.color(QPalette::Text).name(),
                                 linkColor().name(), now.color(QPalette::Highlight).name()));
}

bool isDark()
{
    return dark;
}

QColor stateColor(JobState state)
{
    switch (state) {
    case JobState::Queued: return pick({0x475569, 0xbcc7d6});
    case JobState::Started: return pick({0x1d4ed8, 0xa3c8ff});
    case JobState::Executed: return pick({0x6d28d9, 0xd6c2ff});
    case JobState::Completed: return pick({0x166534, 0x7fdd9c});
    case JobState::Failed: return pick({0xb3141f, 0xffaaa2});
    case JobState::Cancelled: return pick({0x854d0e, 0xf0c070});
    }
    return {};
}

QColor levelColor(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug: return mutedText();
    case LogLevel::Info: return QApplication::palette().color(QPalette::Text);
    case LogLevel::Warning: return stateColor(JobState::Cancelled);
    case LogLevel::Error: return stateColor(JobState::Failed);
    }
    return {};
}

QColor pausedColor()
{
    return stateColor(JobState::Cancelled);
}

QColor mutedText()
{
    return pick({0x59616b, 0xb0b7c0});
}

QColor linkColor()
{
    return pick({0x1a4fa3, 0xa3c8ff});
}

QColor failedRow()
{
    return pick({0xfdeeee, 0x37211f});
}

QColor errorStrip()
{
    return pick({0xfce4e4, 0x46231f});
}

QColor noticeStrip()
{
    return pick({0xfff3d6, 0x3f3317});
}

QColor doneStrip()
{
    return pick({0xe3f4e8, 0x1d3726});
}

QColor hintStrip()
{
    return pick({0xe6edf7, 0x26303d});
}

QColor line()
{
    return pick({0xd5d9de, 0x3a3f46});
}

QIcon stateIcon(JobState state)
{
    static const char *const names[] = {"queued", "running", "executed", "completed", "failed", "cancelled"};
    return icon(QLatin1StringView(names[static_cast<int>(state)]), stateColor(state));
}

QIcon icon(const QString &name, const QColor &color)
{
    const QColor ink = color.isValid() ? color : QApplication::palette().color(QPalette::ButtonText);
    static QHash<QString, QIcon> made;
    QIcon &icon = made[name + ink.name()];
    if (icon.isNull()) {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const QByteArray svg = file.readAll();
        const QColor faded = QApplication::palette().color(QPalette::Disabled, QPalette::ButtonText);
        for (const int size : {16, 24, 32, 48, 64}) {
            icon.addPixmap(draw(svg, ink, size), QIcon::Normal);
            icon.addPixmap(draw(svg, faded, size), QIcon::Disabled);
            icon.addPixmap(draw(svg, ink, size), QIcon::Selected);
        }
    }
    return icon;
}

} // namespace stint::theme
