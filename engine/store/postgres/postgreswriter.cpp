// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/postgres/postgreswriter.h"

#include "engine/logging.h"
#include "engine/store/hostcommands.h"
#include "engine/store/postgres/hosting.h"
#include "engine/store/postgres/hourlystats.h"
#include "engine/store/postgres/schema.h"

namespace stint {

namespace {
/// How often a transaction is done again before it is given up.
constexpr int deadlockLimit = 10;
} // namespace

PostgresWriter::PostgresWriter(PostgresAddress address, Durability durability, QString name, std::shared_ptr<const Clock> clock,
                               Listener listener)
    : m_address(std::move(address))
    , m_durability(durability)
    , m_name(std::move(name))
    , m_clock(std::move(clock))
    , m_listener(std::move(listener))
{
}

Timestamp PostgresWriter::now() const
{
    return std::chrono::floor<std::chrono::microseconds>(m_clock->now());
}

void PostgresWriter::needMonth(YearMonth month)
{
    const QString name = month.toText();
    if (m_months.contains(name))
        return;
    postgres::schema::createMonth(*m_db, month);
    m_months.insert(name);
}

const admission::KnownNames *PostgresWriter::knownNames()
{
    if (!m_livingHost)
        m_livingHost = postgres::hosting::livingHost(*m_db);
    if (m_livingHost->isEmpty())
        return nullptr;
    if (m_namesHost != *m_livingHost) {
        auto row = m_db->query(R"(SELECT "Commands" FROM "Host" WHERE "Id" = $1)", *m_livingHost);
        m_names = admission::KnownNames::of(parseHostCommands(row.next() ? row.bytes(0) : QByteArray()));
        m_namesHost = *m_livingHost;
    }
    return &m_names;
}

void PostgresWriter::beginHosting(const HostInfo &host)
{
    postgres::hosting::take(*m_db, host);
    m_hostId = host.id;
    m_livingHost.reset();
}

void PostgresWriter::endHosting()
{
    if (m_hostId.isEmpty())
        return;
    m_hostId.clear();
    m_livingHost.reset();
    postgres::hosting::leave(*m_db);
}

void PostgresWriter::connect()
{
    m_db = std::make_unique<PostgresConnection>(m_address);
    m_months.clear();
    if (m_durability == Durability::Normal)
        m_db->execute("SET synchronous_commit = off");
    if (!m_hostId.isEmpty())
        postgres::hosting::takeAgain(*m_db, m_hostId);
}

Result<void> PostgresWriter::begin()
{
    m_change = StoreChange{.byThisProcess = true};
    m_committed = false;
    forget();
    for (int tries = 0;; ++tries) {
        try {
            if (!m_db || m_db->isBroken())
                connect();
            m_db->execute("BEGIN");
            return {};
        } catch (const PostgresError &error) {
            if (m_db && !m_db->isBroken())
                m_db.reset(); // connected, but no longer as the host
            else if (tries == 0 && m_db)
                continue; // the server was restarted since
            return error.error();
        }
    }
}

void PostgresWriter::forget()
{
    m_applied.clear();
    m_ended.clear();
    m_livingHost.reset();
}

/// All that this transaction did once more, after it has lost a deadlock.
void PostgresWriter::startAgain()
{
    qCDebug(logStore) << "A transaction is done again after a deadlock:" << m_applied.size() << "operations";
    m_db->execute("ROLLBACK");
    m_ended.clear();
    m_months.clear();
    m_livingHost.reset();
    m_db->execute("BEGIN");
    for (const auto *const operation : m_applied)
        (*operation)();
}

Result<void> PostgresWriter::apply(const std::function<void()> &operation, bool &lost)
{
    const auto counted = m_ended.size();
    for (int tries = 0;; ++tries) {
        bool inOperation = false;
        try {
            if (tries > 0)
                startAgain();
            m_db->execute("SAVEPOINT operation");
            inOperation = true;
            operation();
            m_db->execute("RELEASE operation");
            m_applied.push_back(&operation);
            return {};
        } catch (const PostgresError &error) {
            if (error.isDeadlock() && tries < deadlockLimit)
                continue;
            lost = !inOperation || m_db->isBroken();
            if (lost)
                return error.error();
            m_ended.resize(std::min(counted, m_ended.size()));
            m_months.clear();
            try {
                m_db->execute("ROLLBACK TO operation; RELEASE operation");
            } catch (const PostgresError &) {
                lost = true;
            }
            return error.error();
        }
    }
}

Result<void> PostgresWriter::commit()
{
    for (int tries = 0;; ++tries) {
        try {
            if (tries > 0)
                startAgain();
            postgres::hourlystats::write(*m_db, m_ended);
            m_db->run("SELECT pg_notify('stint', $1)", m_name);
            m_db->execute("COMMIT");
            m_committed = true;
            forget();
            return {};
        } catch (const PostgresError &error) {
            if (!error.isDeadlock() || tries == deadlockLimit)
                return error.error();
        }
    }
}

void PostgresWriter::rollback()
{
    m_months.clear();
    forget();
    if (!m_db || m_db->isBroken())
        return;
    try {
        m_db->execute("ROLLBACK");
    } catch (const PostgresError &error) {
        qCWarning(logStore).noquote() << error.error().message;
    }
}

void PostgresWriter::afterCommit()
{
    if (m_committed)
        m_listener(m_change);
    m_committed = false;
}

} // namespace stint
