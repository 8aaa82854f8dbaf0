// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commandregistry.h"

#include <QTest>

using namespace stint;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace shop {

struct Order {
    Q_GADGET
    Q_PROPERTY(int number MEMBER number)
public:
    int number = 7;
};

struct Receipt {
    Q_GADGET
    Q_PROPERTY(int number MEMBER number)
    Q_PROPERTY(QString text MEMBER text)
public:
    int number = 0;
    QString text;
};

class SendReceipt final : public Command<Order, Receipt>
{
public:
    explicit SendReceipt(QString text = u"thanks"_s)
        : m_text(std::move(text))
    {
    }
    Outcome<Receipt> run(const Order &order, JobContext &) override { return Receipt{order.number, m_text}; }

private:
    QString m_text;
};

class Sweep final : public Command<QJsonObject>
{
public:
    Outcome<Done> run(const QJsonObject &, JobContext &) override { return Retry{{}, 5s}; }
};

static const CommandDeclaration<Sweep> sweepDeclaration({.worker = u"night"_s});

} // namespace shop

using namespace shop;

namespace {

/// Enough of a context for a command that does not use it.
class NoContext final : public JobContext
{
public:
    const Job &job() const override { return m_job; }
    Result<std::optional<Job>> parentJob() const override { return std::optional<Job>(); }
    const Job *notifiedJob() const override { return nullptr; }
    const std::optional<UserContext> &user() const override { return m_user; }
    std::stop_token stopToken() const override { return {}; }
    void log(LogLevel, const QString &) override { }
    void update(double, const QString &) override { }
    Result<QList<JobRef>> enqueue(const QList<NewJob> &) override { return QList<JobRef>(); }
    Result<void> recordProcess(const ProcessGroup &) override { return {}; }

private:
    Job m_job;
    std::optional<UserContext> m_user;
};

Outcome<JsonResult> runOnce(const CommandEntry &entry, const QByteArray &body)
{
    std::optional<Outcome<JsonResult>> outcome;
    entry.create()->execute(body, std::make_shared<NoContext>(), [&](Outcome<JsonResult> end) { outcome = std::move(end); });
    return std::move(outcome).value();
}

} // namespace

/// What a host can run, by name.
class CommandRegistryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classUnderItsOwnName();
    void functionsAndApis();
    void apisAndCommandsDoNotMeet();
    void laterEntryReplaces();
    void factoryBringsItsArguments();
    void badRequestNamesTheField();
    void outcomesPassThrough();
    void declaredCommands();
    void describesByName();
};

void CommandRegistryTest::classUnderItsOwnName()
{
    CommandRegistry registry;
    registry.add<SendReceipt>({.worker = u"mail"_s, .timeout = 10s});
    const CommandEntry *entry = registry.find(u"SendReceipt"_s, false);
    QVERIFY(entry);
    QCOMPARE(entry->info, (CommandInfo{u"SendReceipt"_s, false, u"Order"_s, {{u"number"_s, u"integer"_s, u"7"_s}}}));
    QCOMPARE(entry->options.worker, u"mail"_s);
    QCOMPARE(entry->options.timeout, std::optional(10s));

    const auto outcome = runOnce(*entry, R"({"number":12})");
    QCOMPARE(std::get<JsonResult>(outcome).typeName, u"Receipt"_s);
    QCOMPARE(std::get<JsonResult>(outcome).json, R"({"number":12,"text":"thanks"})"_ba);
}

void CommandRegistryTest::functionsAndApis()
{
    CommandRegistry registry;
    registry.addFunction(u"Echo"_s, [](const QJsonObject &request, JobContext &) -> Outcome<QJsonObject> { return request; });
    registry.addApi<Order>([](const Order &, JobContext &) -> Outcome<Done> { return Done{}; });

    const auto echoed = runOnce(*registry.find(u"Echo"_s, false), R"({"a":9007199254740993})");
    QCOMPARE(std::get<JsonResult>(echoed).json, R"({"a":9007199254740993})"_ba);
    const auto done = runOnce(*registry.find(u"Order"_s, true), "{}");
    QVERIFY(std::get<JsonResult>(done).json.isEmpty());
    QVERIFY(std::get<JsonResult>(done).typeName.isNull());
}

void CommandRegistryTest::apisAndCommandsDoNotMeet()
{
    CommandRegistry registry;
    registry.addApi<Order>([](const Order &, JobContext &) -> Outcome<Done> { return Done{}; });
    QVERIFY(!registry.find(u"Order"_s, false));
    QVERIFY(registry.find(u"Order"_s, true));
    QVERIFY(!registry.find(u"order"_s, true));
    QVERIFY(!registry.find(QString(), true));
}

void CommandRegistryTest::laterEntryReplaces()
{
    CommandRegistry registry;
    registry.add<SendReceipt>({.worker = u"a"_s});
    registry.add<SendReceipt>({.worker = u"b"_s});
    QCOMPARE(registry.find(u"SendReceipt"_s, false)->options.worker, u"b"_s);
    QCOMPARE(registry.describe().size(), 1);
}

void CommandRegistryTest::factoryBringsItsArguments()
{
    CommandRegistry registry;
    registry.add<SendReceipt>(u"Custom"_s, {}, [text = u"merci"_s] { return std::make_unique<SendReceipt>(text); });
    const auto outcome = runOnce(*registry.find(u"Custom"_s, false), "");
    QCOMPARE(std::get<JsonResult>(outcome).json, R"({"number":7,"text":"merci"})"_ba);
}

void CommandRegistryTest::badRequestNamesTheField()
{
    CommandRegistry registry;
    registry.add<SendReceipt>();
    const CommandEntry *entry = registry.find(u"SendReceipt"_s, false);
    try {
        static_cast<void>(runOnce(*entry, R"({"number":"x"})"));
        QFAIL("a request that does not fit was run");
    } catch (const JobException &failure) {
        QCOMPARE(failure.error().errorCode, QString(joberror::badRequest));
        QCOMPARE(failure.error().message, u"number: expected an integer"_s);
    }
}

void CommandRegistryTest::outcomesPassThrough()
{
    CommandRegistry registry;
    registry.add<Sweep>();
    const auto outcome = runOnce(*registry.find(u"Sweep"_s, false), "{}");
    QCOMPARE(std::get<Retry>(outcome).after, std::optional<std::chrono::milliseconds>(5s));
}

void CommandRegistryTest::declaredCommands()
{
    CommandRegistry registry;
    {
        // As a plug-in that is loaded and unloaded again.
        const CommandDeclaration<SendReceipt> loaded;
        registry.addDeclared();
    }
    QCOMPARE(registry.find(u"Sweep"_s, false)->options.worker, u"night"_s);
    QVERIFY(registry.find(u"SendReceipt"_s, false));

    CommandRegistry later;
    later.addDeclared();
    QVERIFY(later.find(u"Sweep"_s, false));
    QVERIFY(!later.find(u"SendReceipt"_s, false));
}

void CommandRegistryTest::describesByName()
{
    CommandRegistry registry;
    registry.add<Sweep>(u"b"_s);
    registry.add<Sweep>(u"a"_s);
    registry.add<Sweep>(u"Order"_s);
    registry.addApi<Order>([](const Order &, JobContext &) -> Outcome<Done> { return Done{}; });
    QStringList names;
    for (const CommandInfo &info : registry.describe())
        names.append(info.name + (info.isApi ? u"/api"_s : QString()));
    QCOMPARE(names, (QStringList{u"Order"_s, u"Order/api"_s, u"a"_s, u"b"_s}));
}

QTEST_GUILESS_MAIN(CommandRegistryTest)
#include "tst_commandregistry.moc"
