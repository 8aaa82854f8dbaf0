// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/store/sqlite/foreignwriter.h"

#include "engine/failpoint.h"
#include "engine/logging.h"
#include "engine/store/sqlite/montharchive.h"
#include "engine/store/sqlite/schema.h"
#include "engine/store/storeusers.h"

#include <QFile>

namespace stint {

namespace {

/// The application that uses the store waits as long for us.
constexpr std::chrono::seconds monthBusyTimeout{5};

QString whoUses(const QString &path)
{
    const auto users = storeusers::foreignUsers(path);
    if (!users)
        return users.error().message;
    if (users->isEmpty())
        return {};
    return QStringLiteral("process %1 (%2) has the store open").arg(users->constFirst().pid).arg(users->constFirst().name);
}

} // namespace

struct ForeignWriter::Month {
    Month(const QString &path, Move way)
        : db(path, "mode=rwc", monthBusyTimeout)
        , move(way)
    {
        // With readers out of the way the commit cannot fail for one of them.
        db.run("BEGIN EXCLUSIVE");
        if (way == Move::ToMonth)
            schema::createForeignMonth(db);
    }

    SqliteConnection db;
    Move move;
};

ForeignWriter::ForeignWriter(const QString &folder, std::shared_ptr<const Clock> clock, Listener listener)
    : m_folder(folder)
    , m_clock(std::move(clock))
    , m_listener(std::move(listener))
{
}

ForeignWriter::~ForeignWriter() = default;

const QString &ForeignWriter::user()
{
    if (!m_user)
        m_user = whoUses(m_db->path());
    return *m_user;
}

SqliteConnection *ForeignWriter::month(YearMonth month, Move move)
{
    const auto known = m_months.find(month);
    if (known != m_months.end())
        return &known->second->db;
    const QString path = m_folder + u'/' + MonthArchive::fileName(month);
    if (move == Move::ToQueue && !QFile::exists(path))
        return nullptr;
    return &m_months.emplace(month, std::make_unique<Month>(path, move)).first->second->db;
}

Result<void> ForeignWriter::apply(const std::function<void()> &operation, bool &lost)
{
    lost = false;
    try {
        beginOperation();
        operation();
        endOperation();
        m_changed = true;
        return {};
    } catch (const SqliteError &error) {
        undoOperation();
        return error.error();
    }
}

void ForeignWriter::beginOperation()
{
    if (!m_db || m_db->hasMoved())
        m_db = std::make_unique<SqliteConnection>(m_folder + QStringLiteral("/jobs.db"), "mode=rw");
    m_db->run("BEGIN IMMEDIATE");
    if (!schema::storeValue(*m_db, "schemaVersion").isNull())
        throw SqliteError(
            Error{ErrorCode::Conflict, QStringLiteral("%1: was adopted a moment ago; nothing was changed, try again").arg(m_folder)});
}

void ForeignWriter::endOperation()
{
    if (m_user && m_user->isNull()) {
        if (const QString newcomer = whoUses(m_db->path()); !newcomer.isNull())
            throw SqliteError(Error{ErrorCode::Conflict, QStringLiteral("%1 since a moment ago; nothing was changed").arg(newcomer)});
    }
    m_journal.write();
    commitMonths(Move::ToMonth);
    passFailpoint("foreign.months-first");
    m_db->run("COMMIT");
    passFailpoint("foreign.queue-first");
    commitMonths(Move::ToQueue);
    m_months.clear();
    m_user.reset();
}

void ForeignWriter::commitMonths(Move move)
{
    for (const auto &[month, file] : m_months) {
        if (file->move != move)
            continue;
        try {
            file->db.run("COMMIT");
        } catch (const SqliteError &error) {
            if (move == Move::ToMonth)
                throw;
            // jobs.db has the job again: a copy that stays behind is old, and goes when the job is requeued once more.
            qCWarning(logStore).noquote() << "A requeued job's old row stays in its month:" << error.error().message;
        }
    }
}

void ForeignWriter::undoOperation()
{
    m_journal.forget();
    m_months.clear(); // closing undoes
    m_user.reset();
    m_db.reset();
}

/// Nothing is kept open: the files of a store at rest stay plain.
void ForeignWriter::afterCommit()
{
    m_db.reset();
    if (std::exchange(m_changed, false))
        m_listener(StoreChange{.byThisProcess = true, .jobsMayBeDue = true});
}

} // namespace stint
