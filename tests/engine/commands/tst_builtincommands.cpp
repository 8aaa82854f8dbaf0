// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commandregistry.h"
#include "engine/commands/builtincommands.h"
#include "tests/support/fakejobcontext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint;
using namespace stint::test;

/// What every host has, as it is enqueued: by name and JSON.
class BuiltinCommandsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names();
    void fields();
    void runsByNameAndJson();
};

void BuiltinCommandsTest::names()
{
    CommandRegistry registry;
    addBuiltinCommands(registry);
    QStringList names;
    for (const CommandInfo &info : registry.describe())
        names.append(info.name);
    QCOMPARE(names, (QStringList{u"CheckUrls"_s, u"HttpRequest"_s, u"NotifyWebhook"_s, u"RunProcess"_s, u"Simulate"_s}));
}

void BuiltinCommandsTest::fields()
{
    CommandRegistry registry;
    addBuiltinCommands(registry);
    const CommandEntry *const entry = registry.find(u"RunProcess"_s, false);
    QVERIFY(entry);
    QCOMPARE(entry->info.request, u"RunProcessRequest"_s);
    QStringList fields;
    for (const RequestField &field : entry->info.fields)
        fields.append(field.name + u' ' + field.type);
    QCOMPARE(fields,
             (QStringList{u"program string"_s, u"arguments list"_s, u"directory string"_s, u"environment object"_s, u"input string"_s}));
}

void BuiltinCommandsTest::runsByNameAndJson()
{
    CommandRegistry registry;
    addBuiltinCommands(registry);
    const auto context = std::make_shared<FakeJobContext>();
    std::optional<Outcome<JsonResult>> outcome;
    registry.find(u"RunProcess"_s, false)
        ->create()
        ->execute(R"({"program":"sh","arguments":["-c","echo $GIVEN; cat"],"environment":{"GIVEN":"x"},"input":"y"})", context,
                  [&](Outcome<JsonResult> end) { outcome = std::move(end); });
    QVERIFY(outcome);
    const auto *const result = std::get_if<JsonResult>(&*outcome);
    QVERIFY(result);
    QCOMPARE(result->typeName, u"RunProcessResult"_s);
    QVERIFY(result->json.startsWith(R"({"exitCode":0,"tail":"x\ny","durationMs":)"));
}

QTEST_GUILESS_MAIN(BuiltinCommandsTest)
#include "tst_builtincommands.moc"
