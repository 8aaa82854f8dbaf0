// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/theme.h"

#include <QApplication>
#include <QPalette>
#include <QTest>

#include <cmath>

using namespace stint;
using namespace Qt::StringLiterals;

namespace {

double luminance(const QColor &color)
{
    auto linear = [](float part) { return part <= 0.03928F ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &left, const QColor &right)
{
    const double a = luminance(left);
    const double b = luminance(right);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace

class TestConsoleLooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyColourIsReadable_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void everyColourIsReadable()
    {
        QFETCH(bool, dark);
        theme::apply(dark ? theme::Choice::Dark : theme::Choice::Light);
        QCOMPARE(theme::isDark(), dark);
        const QPalette palette = QApplication::palette();
        const QList<QPair<QString, QColor>> rows{{u"base"_s, palette.color(QPalette::Base)},
                                                 {u"alternate"_s, palette.color(QPalette::AlternateBase)},
                                                 {u"selected"_s, palette.color(QPalette::Highlight)},
                                                 {u"failed"_s, theme::failedRow()}};
        QList<QPair<QString, QColor>> inks{
            {u"text"_s, palette.color(QPalette::Text)}, {u"muted"_s, theme::mutedText()}, {u"link"_s, theme::linkColor()}};
        for (const JobState state :
             {JobState::Queued, JobState::Started, JobState::Executed, JobState::Completed, JobState::Failed, JobState::Cancelled})
            inks.append({QString(toText(state)), theme::stateColor(state)});
        for (const auto &[inkName, ink] : inks) {
            for (const auto &[rowName, row] : rows)
                QVERIFY2(contrast(ink, row) >= 4.5, qPrintable(u"%1 on %2: %3"_s.arg(inkName, rowName).arg(contrast(ink, row))));
        }
        for (const QColor &strip : {theme::errorStrip(), theme::noticeStrip(), theme::doneStrip(), palette.color(QPalette::Window)})
            QVERIFY(contrast(palette.color(QPalette::WindowText), strip) >= 4.5);
        QVERIFY(contrast(theme::stateColor(JobState::Cancelled), palette.color(QPalette::Button)) >= 4.5);
    }

    void everyStateHasAnIcon()
    {
        theme::apply(theme::Choice::Light);
        for (const JobState state :
             {JobState::Queued, JobState::Started, JobState::Executed, JobState::Completed, JobState::Failed, JobState::Cancelled})
            QVERIFY(!theme::stateIcon(state).isNull());
    }
};

QTEST_MAIN(TestConsoleLooks)
#include "tst_consolelooks.moc"
