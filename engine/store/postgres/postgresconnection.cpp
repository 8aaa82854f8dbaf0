// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/postgresconnection.h"

#include <QSqlDriver>
#include <QSqlError>
#include <QStringDecoder>
#include <QThread>

#include <atomic>
#include <chrono>

namespace stint {

namespace {

/// A server that has gone is noticed by both sides within half a minute, so that neither a host nor its lock lingers.
constexpr QLatin1StringView defaultOptions{
    "connect_timeout=10;keepalives_idle=10;keepalives_interval=5;keepalives_count=3;application_name=stint;"};
constexpr const char *serverSettings
    = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET DateStyle = 'ISO, YMD'; "
      "SET client_min_messages = warning";

QString nextName()
{
    static std::atomic<int> last = 0;
    return QStringLiteral("stint-%1").arg(++last);
}

} // namespace

PostgresConnection::PostgresConnection(const PostgresAddress &address)
    : m_name(nextName())
    , m_place(address.toText())
    , m_database(QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), m_name))
{
    try {
        open(address);
    } catch (const PostgresError &) {
        m_statements.clear();
        m_database = {};
        QSqlDatabase::removeDatabase(m_name);
        throw;
    }
}

void PostgresConnection::open(const PostgresAddress &address)
{
    if (!m_database.isValid())
        throw PostgresError(Error{ErrorCode::Unsupported, QStringLiteral("%1: Qt's driver QPSQL is not installed").arg(m_place)});
    m_database.setHostName(address.host);
    if (address.port > 0)
        m_database.setPort(address.port);
    m_database.setDatabaseName(address.database);
    m_database.setUserName(address.user);
    m_database.setPassword(address.password);
    m_database.setConnectOptions(defaultOptions + address.options);
    if (!m_database.open())
        fail(m_database.lastError());
    execute(serverSettings);
}

PostgresConnection::~PostgresConnection()
{
    m_statements.clear();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
}

void PostgresConnection::fail(const QSqlError &error)
{
    const PostgresError failure = PostgresError::of(error, m_place);
    m_broken = m_broken || failure.error().code == ErrorCode::Io;
    throw failure;
}

PostgresRows PostgresConnection::queryWith(const char *sql, const QVariantList &values)
{
    // Whoever runs the same statement meanwhile prepares another.
    auto kept = m_statements.extract(sql);
    QSqlQuery query = kept ? std::move(kept.mapped()) : QSqlQuery(m_database);
    if (!kept && !query.prepare(QString::fromUtf8(sql)))
        fail(query.lastError());
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(static_cast<int>(i), values.at(i));
    if (!query.exec()) {
        const QSqlError error = query.lastError();
        fail(error);
    }
    return {*this, sql, std::move(query)};
}

void PostgresConnection::giveBack(const char *sql, QSqlQuery query)
{
    query.finish();
    m_statements.insert_or_assign(sql, std::move(query));
}

void PostgresConnection::execute(const QByteArray &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(QString::fromUtf8(sql)))
        fail(query.lastError());
}

void PostgresConnection::leaveThread()
{
    driver()->moveToThread(nullptr);
}

void PostgresConnection::enterThread()
{
    driver()->moveToThread(QThread::currentThread());
}

QVariant PostgresConnection::bound(const QByteArray &text)
{
    if (text.isNull())
        return QVariant(QMetaType::fromType<QString>());
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    QString decoded = decoder(text);
    if (decoder.hasError() || text.contains('\0'))
        throw PostgresError(
            Error{ErrorCode::InvalidArgument, QStringLiteral("PostgreSQL keeps text in UTF-8 without NUL characters only")});
    return decoded.isNull() ? QStringLiteral("") : decoded;
}

QVariant PostgresConnection::bound(Timestamp moment)
{
    return QString::fromLatin1(toStoreText(std::chrono::floor<std::chrono::microseconds>(moment)));
}

} // namespace stint
