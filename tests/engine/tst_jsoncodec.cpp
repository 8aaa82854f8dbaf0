// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jsoncodec.h"

#include <QJsonArray>
#include <QTest>
#include <QUrl>
#include <QUuid>

#include <limits>

using namespace stint;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace shop {

template <typename T>
struct Box {
};

struct Line {
    Q_GADGET
    Q_PROPERTY(QString sku MEMBER sku)
    Q_PROPERTY(int quantity MEMBER quantity)
    Q_PROPERTY(double price MEMBER price)
public:
    QString sku;
    int quantity = 1;
    double price = 0;

    friend bool operator==(const Line &, const Line &) = default;
};

struct Invoice {
    Q_GADGET
    Q_PROPERTY(qint64 number MEMBER number)
    Q_PROPERTY(quint64 serial MEMBER serial)
    Q_PROPERTY(short copies MEMBER copies)
    Q_PROPERTY(uchar level MEMBER level)
    Q_PROPERTY(double rate MEMBER rate)
    Q_PROPERTY(float scale MEMBER scale)
    Q_PROPERTY(bool paid MEMBER paid)
    Q_PROPERTY(QString customer MEMBER customer)
    Q_PROPERTY(QByteArray stamp MEMBER stamp)
    Q_PROPERTY(QDateTime due MEMBER due)
    Q_PROPERTY(stint::Timestamp sentAt MEMBER sentAt)
    Q_PROPERTY(std::chrono::milliseconds reminder MEMBER reminder)
    Q_PROPERTY(std::chrono::seconds grace MEMBER grace)
    Q_PROPERTY(Priority priority MEMBER priority)
    Q_PROPERTY(Channels channels READ readChannels WRITE writeChannels)
    Q_PROPERTY(QUuid token MEMBER token)
    Q_PROPERTY(QUrl link MEMBER link)
    Q_PROPERTY(QStringList labels MEMBER labels)
    Q_PROPERTY(QList<shop::Line> lines MEMBER lines)
    Q_PROPERTY(QList<Priority> history MEMBER history)
    Q_PROPERTY(QMap<QString, int> stock MEMBER stock)
    Q_PROPERTY(QMap<QString, shop::Line> byRegion MEMBER byRegion)
    Q_PROPERTY(shop::Line main MEMBER main)
    Q_PROPERTY(QJsonObject extra MEMBER extra)
    Q_PROPERTY(QVariant anything MEMBER anything)
public:
    enum class Priority : quint8 { Low, Normal, High };
    Q_ENUM(Priority)
    enum Channel { Mail = 1, Post = 2, Fax = 4 };
    Q_DECLARE_FLAGS(Channels, Channel)
    Q_FLAG(Channels)

    Channels readChannels() const { return channels; }
    void writeChannels(Channels value) { channels = value; }

    qint64 number = 0;
    quint64 serial = 0;
    short copies = 1;
    uchar level = 0;
    double rate = 0;
    float scale = 0;
    bool paid = false;
    QString customer;
    QByteArray stamp;
    QDateTime due;
    Timestamp sentAt;
    std::chrono::milliseconds reminder{};
    std::chrono::seconds grace{30};
    Priority priority = Priority::Normal;
    Channels channels;
    QUuid token;
    QUrl link;
    QStringList labels;
    QList<Line> lines;
    QList<Priority> history;
    QMap<QString, int> stock;
    QMap<QString, Line> byRegion;
    Line main;
    QJsonObject extra;
    QVariant anything;

    friend bool operator==(const Invoice &, const Invoice &) = default;
};

/// With setters: one of a MEMBER property is not called for an empty text where there is none, which are equal to Qt.
struct Note {
    Q_GADGET
    Q_PROPERTY(QString text READ text WRITE setText)
    Q_PROPERTY(QByteArray stamp READ stamp WRITE setStamp)
public:
    QString text() const { return m_text; }
    void setText(const QString &text) { m_text = text; }
    QByteArray stamp() const { return m_stamp; }
    void setStamp(const QByteArray &stamp) { m_stamp = stamp; }

private:
    QString m_text;
    QByteArray m_stamp;
};

} // namespace shop

using shop::Invoice;
using shop::Line;

/// Gadgets to JSON and back: exact values, and problems that name their field.
class JsonCodecTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesEveryType();
    void readsBackWhatItWrote();
    void keepsExtremes();
    void readsRealRequest();
    void ignoresUnknownFieldsAndCase();
    void keepsDefaultsOfAbsentFields();
    void nullClearsOnlyWhatCanBeNull();
    void emptyTextIsADefaultValue();
    void emptyIsNotNull();
    void writesNothingThatIsNotJson();
    void namesTheField_data();
    void namesTheField();
    void describesFields();
    void jsonObjects();
    void typeNames();
};

static Invoice filledInvoice()
{
    Invoice invoice;
    invoice.number = 9'007'199'254'740'993;
    invoice.serial = 18'446'744'073'709'551'615U;
    invoice.copies = -2;
    invoice.level = 255;
    invoice.rate = 0.1;
    invoice.scale = 0.1F;
    invoice.paid = true;
    invoice.customer = u"Åsa \"Ö\"\n\u0001"_s;
    invoice.stamp = QByteArray::fromHex("0102fa");
    invoice.due = QDateTime(QDate(2026, 8, 22), QTime(12, 0, 0, 250), Qt::OffsetFromUTC, 7200);
    invoice.sentAt = *parseTimestamp("2026-08-22T10:12:53.4821937Z");
    invoice.reminder = 90min + 1ms;
    invoice.priority = Invoice::Priority::High;
    invoice.channels = Invoice::Channels(Invoice::Mail) | Invoice::Fax;
    invoice.token = QUuid(u"0000000d-0007-0009-0102-030405060708"_s);
    invoice.link = QUrl(u"https://shop.example/i?n=1"_s);
    invoice.labels = QStringList{u"a,b"_s, u""_s};
    invoice.lines = {{u"A-0"_s, 2, 9.99}, {u"B"_s, 1, 0.1}};
    invoice.history = {Invoice::Priority::Low, Invoice::Priority::High};
    invoice.stock = {{u"EU"_s, 1}, {u"Note:x"_s, -1}};
    invoice.byRegion = {{u"EU"_s, {u"C"_s, 3, 1e-7}}};
    invoice.main = {u"M"_s, 4, 0};
    invoice.extra = QJsonObject{{u"k"_s, qint64{9'007'199'254'740'993}}};
    invoice.anything = u"text"_s;
    return invoice;
}

void JsonCodecTest::writesEveryType()
{
    QCOMPARE(toJson(filledInvoice()),
             R"({"number":9007199254740993,"serial":18446744073709551615,"copies":-2,"level":255,"rate":0.1,"scale":0.1,)"
             R"("paid":true,"customer":"Åsa \"Ö\"\n\u0001","stamp":"AQL6","due":"2026-08-22T10:00:00.25Z",)"
             R"("sentAt":"2026-08-22T10:12:53.4821937Z","reminder":"PT1H30M0.001S","grace":"PT30S","priority":"High",)"
             R"("channels":"Mail|Fax","token":"0000000d-0007-0009-0102-030405060708","link":"https://shop.example/i?n=1",)"
             R"("labels":["a,b",""],"lines":[{"sku":"A-0","quantity":2,"price":9.99},{"sku":"B","quantity":1,"price":0.1}],)"
             R"("history":["Low","High"],"stock":{"EU":1,"Note:x":-1},"byRegion":{"EU":{"sku":"C","quantity":3,"price":1e-07}},)"
             R"("main":{"sku":"M","quantity":4,"price":0},"extra":{"k":9007199254740993},"anything":"text"})"_ba);
}

void JsonCodecTest::readsBackWhatItWrote()
{
    const Invoice invoice = filledInvoice();
    const auto read = fromJson<Invoice>(toJson(invoice));
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().message));
    QCOMPARE(read->anything, invoice.anything);
    QVERIFY(*read == invoice);
    QVERIFY(*fromJson<Invoice>(toJson(Invoice())) == Invoice());
}

void JsonCodecTest::keepsExtremes()
{
    Invoice invoice;
    invoice.number = std::numeric_limits<qint64>::min();
    invoice.rate = std::numeric_limits<double>::denorm_min();
    invoice.scale = std::numeric_limits<float>::max();
    invoice.sentAt = *parseTimestamp("0001-01-01");
    QVERIFY(*fromJson<Invoice>(toJson(invoice)) == invoice);

    invoice.rate = 18'446'744'073'709'552'000.0; // written without exponent, an integer beyond 64 bits
    QVERIFY(*fromJson<Invoice>(toJson(invoice)) == invoice);
    const auto big
        = fromJson<Invoice>(R"({"customer":"\"12345678901234567890123","rate":-12345678901234567890123,"unknown":[99999999999999999999]})");
    QVERIFY2(big.ok(), big.ok() ? "" : qPrintable(big.error().message));
    QCOMPARE(big->customer, u"\"12345678901234567890123"_s);
    QCOMPARE(big->rate, -12345678901234567890123.0);

    invoice.reminder = std::chrono::milliseconds::max(); // more than a .NET time span holds: cut to that
    QCOMPARE(fromJson<Invoice>(toJson(invoice))->reminder, std::chrono::milliseconds(Q_INT64_C(922337203685477)));
}

void JsonCodecTest::readsRealRequest()
{
    const auto invoice = fromJson<Invoice>(
        R"({"number":13,"customer":"\u00DCn\u00EFted, Inc; {co}","email":"c13@mail.example","total":1247.50,"rate":4.433333333333333,)"
        R"("due":"2026-09-13T00:00:00Z","reminder":"PT1H30M","priority":"Normal","lines":[{"sku":"A-13","quantity":2,"price":9.99}],)"
        R"("paid":false,"stamp":"AQL6","token":"0000000d-0007-0009-0102-030405060708"})");
    QVERIFY2(invoice.ok(), invoice.ok() ? "" : qPrintable(invoice.error().message));
    QCOMPARE(invoice->number, 13);
    QCOMPARE(invoice->customer, u"Ünïted, Inc; {co}"_s);
    QCOMPARE(invoice->rate, 4.433333333333333);
    QCOMPARE(invoice->due, QDateTime(QDate(2026, 9, 13), QTime(0, 0), Qt::UTC));
    QCOMPARE(invoice->reminder, 90min);
    QCOMPARE(invoice->lines.size(), 1);
    QCOMPARE(invoice->lines.first().price, 9.99);
    QCOMPARE(invoice->stamp.toHex(), "0102fa"_ba);
}

void JsonCodecTest::ignoresUnknownFieldsAndCase()
{
    const auto invoice = fromJson<Invoice>(R"({"NUMBER":5,"unknown":{"a":[1,{}]},"Lines":[{"SKU":"x","other":null}],"priority":"hIGH"})");
    QVERIFY(invoice.ok());
    QCOMPARE(invoice->number, 5);
    QCOMPARE(invoice->lines.first().sku, u"x"_s);
    QCOMPARE(invoice->priority, Invoice::Priority::High);
}

void JsonCodecTest::keepsDefaultsOfAbsentFields()
{
    const auto invoice = fromJson<Invoice>(R"({"main":{"sku":"x"},"reminder":"90s"})");
    QVERIFY(invoice.ok());
    QCOMPARE(invoice->grace, 30s);
    QCOMPARE(invoice->copies, short{1});
    QCOMPARE(invoice->main, (Line{u"x"_s, 1, 0}));
    QCOMPARE(invoice->reminder, 90s);
}

void JsonCodecTest::nullClearsOnlyWhatCanBeNull()
{
    Invoice invoice = filledInvoice();
    const auto read = jsoncodec::gadgetFromJson(
        R"({"number":null,"paid":null,"customer":null,"due":null,"grace":null,"priority":null,"lines":null,"main":null,"anything":null})",
        Invoice::staticMetaObject, &invoice);
    QVERIFY(read.ok());
    const Invoice before = filledInvoice();
    QCOMPARE(invoice.number, before.number);
    QCOMPARE(invoice.paid, before.paid);
    QCOMPARE(invoice.grace, before.grace);
    QCOMPARE(invoice.priority, before.priority);
    QCOMPARE(invoice.main, before.main);
    QVERIFY(invoice.customer.isNull());
    QVERIFY(!invoice.due.isValid());
    QVERIFY(invoice.lines.isEmpty());
    QVERIFY(!invoice.anything.isValid());
}

void JsonCodecTest::emptyTextIsADefaultValue()
{
    const auto invoice = fromJson<Invoice>(QByteArray());
    QVERIFY(invoice.ok());
    QVERIFY(*invoice == Invoice());
}

void JsonCodecTest::emptyIsNotNull()
{
    for (const auto &json : {R"({"text":"","stamp":""})"_ba, R"({"text":null,"stamp":null})"_ba})
        QCOMPARE(toJson(*fromJson<shop::Note>(json)), json);
}

void JsonCodecTest::writesNothingThatIsNotJson()
{
    Invoice invoice;
    invoice.rate = std::numeric_limits<double>::infinity();
    invoice.scale = std::numeric_limits<float>::quiet_NaN();
    const QByteArray json = toJson(invoice);
    QVERIFY(json.contains(R"("rate":null,"scale":null)"));
    QVERIFY(json.contains(R"("customer":null)"));
    QVERIFY(json.contains(R"("due":null)"));
    QVERIFY(fromJson<Invoice>(json).ok());
}

void JsonCodecTest::namesTheField_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("message");
    QTest::newRow("nested") << R"({"lines":[{},{},{"price":"x"}]})"_ba << u"lines[2].price: expected a number"_s;
    QTest::newRow("map") << R"({"byRegion":{"EU":{"quantity":1.5}}})"_ba << u"byRegion.EU.quantity: expected an integer"_s;
    QTest::newRow("list item") << R"({"labels":["a",1]})"_ba << u"labels[1]: expected a string"_s;
    QTest::newRow("declared name") << R"({"PAID":1})"_ba << u"paid: expected true or false"_s;
    QTest::newRow("range") << R"({"level":256})"_ba << u"level: expected an integer from 0 to 255"_s;
    QTest::newRow("negative") << R"({"serial":-1})"_ba << u"serial: expected an integer from 0 to 18446744073709551615"_s;
    QTest::newRow("64 bits") << R"({"number":9223372036854775808})"_ba
                             << u"number: expected an integer from -9223372036854775808 to 9223372036854775807"_s;
    QTest::newRow("number as text") << R"({"number":"5"})"_ba << u"number: expected an integer"_s;
    QTest::newRow("date") << R"({"due":"tomorrow"})"_ba << u"due: expected an ISO date"_s;
    QTest::newRow("duration") << R"({"grace":30})"_ba << u"grace: expected a duration such as PT1M30S or 90s"_s;
    QTest::newRow("half a second") << R"({"grace":"PT0.5S"})"_ba << u"grace: expected a duration such as PT1M30S or 90s"_s;
    QTest::newRow("enum") << R"({"priority":"Urgent"})"_ba << u"priority: expected one of Low, Normal, High"_s;
    QTest::newRow("enum number") << R"({"priority":7})"_ba << u"priority: expected one of Low, Normal, High"_s;
    QTest::newRow("base64") << R"({"stamp":"**"})"_ba << u"stamp: expected a base64 string"_s;
    QTest::newRow("uuid") << R"({"token":"1"})"_ba << u"token: expected a UUID"_s;
    QTest::newRow("object") << R"({"main":[]})"_ba << u"main: expected an object"_s;
    QTest::newRow("list") << R"({"lines":{}})"_ba << u"lines: expected a list"_s;
    QTest::newRow("whole") << R"([])"_ba << u"expected an object"_s;
}

void JsonCodecTest::namesTheField()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, message);
    const auto invoice = fromJson<Invoice>(json);
    QVERIFY(!invoice.ok());
    QCOMPARE(invoice.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(invoice.error().message, message);
}

void JsonCodecTest::describesFields()
{
    const QList<RequestField> fields = requestFields<Line>();
    QCOMPARE(fields,
             (QList<RequestField>{
                 {u"sku"_s, u"string"_s, QString()}, {u"quantity"_s, u"integer"_s, u"1"_s}, {u"price"_s, u"number"_s, u"0"_s}}));
    QHash<QString, RequestField> byName;
    for (const RequestField &field : requestFields<Invoice>())
        byName.insert(field.name, field);
    QCOMPARE(byName[u"paid"_s].type, u"boolean"_s);
    QCOMPARE(byName[u"due"_s], (RequestField{u"due"_s, u"date"_s, QString()}));
    QCOMPARE(byName[u"grace"_s], (RequestField{u"grace"_s, u"duration"_s, u"\"PT30S\""_s}));
    QCOMPARE(byName[u"priority"_s], (RequestField{u"priority"_s, u"string"_s, u"\"Normal\""_s}));
    QCOMPARE(byName[u"lines"_s], (RequestField{u"lines"_s, u"list"_s, u"[]"_s}));
    QCOMPARE(byName[u"main"_s].type, u"object"_s);
    QVERIFY(requestFields<QJsonObject>().isEmpty());
}

void JsonCodecTest::jsonObjects()
{
    const auto object = fromJson<QJsonObject>(R"({"big":9007199254740993,"list":[1]})");
    QVERIFY(object.ok());
    QCOMPARE((*object)[u"big"].toInteger(), 9'007'199'254'740'993);
    QCOMPARE(toJson(*object), R"({"big":9007199254740993,"list":[1]})"_ba);
    QVERIFY(fromJson<QJsonObject>(QByteArray())->isEmpty());
    QCOMPARE(fromJson<QJsonObject>("[1]").error().message, u"expected an object"_s);
    QVERIFY(fromJson<QJsonObject>("{\"a\":").error().message.startsWith(u"not JSON: "));
    QVERIFY(fromJson<Invoice>("{\"a\":").error().message.startsWith(u"not JSON: "));
}

void JsonCodecTest::typeNames()
{
    struct Local {
    };
    QCOMPARE(typeName<Invoice>(), u"Invoice"_s);
    QCOMPARE(typeName<shop::Box<int>>(), u"Box"_s);
    QCOMPARE((typeName<shop::Box<shop::Box<QMap<QString, Invoice>>>>()), u"Box"_s);
    QCOMPARE(typeName<Invoice::Priority>(), u"Priority"_s);
    QCOMPARE(typeName<Local>(), u"Local"_s);
    QCOMPARE(typeName<QJsonObject>(), u"JsonObject"_s);
    QCOMPARE(typeName<Invoice>(), u"Invoice"_s); // now from the cache
}

QTEST_GUILESS_MAIN(JsonCodecTest)
#include "tst_jsoncodec.moc"
