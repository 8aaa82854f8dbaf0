// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jsoncodec.h"
#include "tests/fuzz/require.h"

#include <QUuid>

using namespace stint;

struct Part {
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(double price MEMBER price)
    Q_PROPERTY(QList<Part> parts MEMBER parts)
public:
    QString name;
    double price = 0;
    QList<Part> parts;

    friend bool operator==(const Part &a, const Part &b) { return a.name == b.name && a.price == b.price && a.parts == b.parts; }
};

struct Sample {
    Q_GADGET
    Q_PROPERTY(qint64 number MEMBER number)
    Q_PROPERTY(quint64 serial MEMBER serial)
    Q_PROPERTY(uchar level MEMBER level)
    Q_PROPERTY(float scale MEMBER scale)
    Q_PROPERTY(bool paid MEMBER paid)
    Q_PROPERTY(QByteArray stamp MEMBER stamp)
    Q_PROPERTY(QDateTime due MEMBER due)
    Q_PROPERTY(stint::Timestamp sentAt MEMBER sentAt)
    Q_PROPERTY(std::chrono::milliseconds reminder MEMBER reminder)
    Q_PROPERTY(Priority priority MEMBER priority)
    Q_PROPERTY(QUuid token MEMBER token)
    Q_PROPERTY(QStringList labels MEMBER labels)
    Q_PROPERTY(QMap<QString, Part> byRegion MEMBER byRegion)
    Q_PROPERTY(QMap<int, qint64> byNumber MEMBER byNumber)
    Q_PROPERTY(Part part MEMBER part)
public:
    enum class Priority : quint8 { Low, Normal, High };
    Q_ENUM(Priority)

    qint64 number = 0;
    quint64 serial = 0;
    uchar level = 0;
    float scale = 0;
    bool paid = false;
    QByteArray stamp;
    QDateTime due;
    Timestamp sentAt;
    std::chrono::milliseconds reminder{};
    Priority priority = Priority::Normal;
    QUuid token;
    QStringList labels;
    QMap<QString, Part> byRegion;
    QMap<int, qint64> byNumber;
    Part part;
};

struct Loose {
    Q_GADGET
    Q_PROPERTY(QJsonObject object MEMBER object)
    Q_PROPERTY(QVariant any MEMBER any)
    Q_PROPERTY(QVariantList list MEMBER list)
    Q_PROPERTY(QVariantMap map MEMBER map)
public:
    QJsonObject object;
    QVariant any;
    QVariantList list;
    QVariantMap map;
};

/// What was read is written, read and written the same again; but for an empty value in the place of none, which
/// moc's setter of a MEMBER property takes for equal, so it is the second round that counts.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = toBytes(data, size);
    if (const auto sample = fromJson<Sample>(text)) {
        const auto first = fromJson<Sample>(toJson(*sample));
        require(first.ok());
        const QByteArray json = toJson(*first);
        const auto again = fromJson<Sample>(json);
        require(again && toJson(*again) == json);
    }
    if (const auto loose = fromJson<Loose>(text))
        require(fromJson<Loose>(toJson(*loose)).ok());
    if (const auto object = fromJson<QJsonObject>(text))
        require(fromJson<QJsonObject>(toJson(*object)).ok());
    return 0;
}

#include "fuzz_jsoncodec.moc"
