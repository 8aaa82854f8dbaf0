// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/systemusers.h"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <vector>

#include <grp.h>
#include <pwd.h>
#include <sys/types.h>

using namespace Qt::StringLiterals;

namespace stint::cli {

namespace {

constexpr std::size_t firstBufferSize = 4096;
constexpr std::size_t largestBuffer = 1024 * 1024; ///< a group of many members

/// Calls a getpw…_r or getgr…_r, whose `buffer` the entry points into; nothing if there is no such entry.
template <typename Entry, typename Ask>
std::optional<Entry> lookUp(std::vector<char> &buffer, Ask &&ask)
{
    for (buffer.resize(firstBufferSize); buffer.size() <= largestBuffer; buffer.resize(buffer.size() * 2)) {
        Entry entry{};
        Entry *found = nullptr;
        const int failure = ask(&entry, buffer.data(), buffer.size(), &found);
        if (failure != ERANGE)
            return failure == 0 && found ? std::optional(entry) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<passwd> findAccount(const QString &userId, std::vector<char> &buffer)
{
    const QByteArray login = userId.toLocal8Bit();
    if (login.isEmpty() || login.contains('\0'))
        return std::nullopt;
    const auto named = lookUp<passwd>(buffer, [&](passwd *entry, char *bytes, std::size_t size, passwd **found) {
        return ::getpwnam_r(login.constData(), entry, bytes, size, found);
    });
    bool isNumber = false;
    const uint number = userId.toUInt(&isNumber);
    if (named || !isNumber || number == std::numeric_limits<uid_t>::max()) // which stands for nobody
        return named;
    return lookUp<passwd>(buffer, [&](passwd *entry, char *bytes, std::size_t size, passwd **found) {
        return ::getpwuid_r(number, entry, bytes, size, found);
    });
}

QString groupName(gid_t id)
{
    std::vector<char> buffer;
    const auto named = lookUp<group>(
        buffer, [&](group *entry, char *bytes, std::size_t size, group **found) { return ::getgrgid_r(id, entry, bytes, size, found); });
    return named ? QString::fromLocal8Bit(named->gr_name) : QString::number(id);
}

QStringList groupsOf(const passwd &account)
{
    std::vector<gid_t> ids(32);
    int count = static_cast<int>(ids.size());
    while (::getgrouplist(account.pw_name, account.pw_gid, ids.data(), &count) < 0) {
        ids.resize(std::max(static_cast<std::size_t>(count), ids.size() * 2));
        count = static_cast<int>(ids.size());
    }
    ids.resize(static_cast<std::size_t>(count));
    QStringList names;
    for (const gid_t id : ids)
        names.append(groupName(id));
    return names;
}

} // namespace

std::optional<UserContext> findSystemUser(const QString &userId)
{
    std::vector<char> buffer;
    const auto account = findAccount(userId, buffer);
    if (!account)
        return std::nullopt;
    UserContext user;
    user.id = QString::fromLocal8Bit(account->pw_name);
    // Full name, room, telephones: separated by commas. Source: passwd(5), chfn(1).
    user.name = QString::fromLocal8Bit(account->pw_gecos).section(u',', 0, 0).trimmed();
    if (user.name.isEmpty())
        user.name = user.id;
    user.roles = groupsOf(*account);
    user.claims.insert(u"uid"_s, QString::number(account->pw_uid));
    user.claims.insert(u"gid"_s, QString::number(account->pw_gid));
    user.claims.insert(u"home"_s, QString::fromLocal8Bit(account->pw_dir));
    return user;
}

} // namespace stint::cli
