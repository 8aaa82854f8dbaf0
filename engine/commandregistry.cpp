// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commandregistry.h"

#include <algorithm>
#include <mutex>
#include <vector>

namespace stint {

namespace {
/// Every declaration that is alive. A function-local static: it exists before the first declaration of any
/// translation unit and outlives the last. Locked, since a plug-in is loaded and unloaded at any time.
struct Declarations {
    std::mutex mutex;
    std::vector<const AbstractCommandDeclaration *> alive;
};

Declarations &declarations()
{
    static Declarations instance;
    return instance;
}
} // namespace

void CommandRegistry::add(const CommandEntry &entry)
{
    auto &entries = entry.info.isApi ? m_apis : m_commands;
    entries.insert(entry.info.name, entry);
}

void CommandRegistry::addDeclared()
{
    auto &[mutex, alive] = declarations();
    const std::lock_guard lock(mutex);
    for (const auto *declaration : alive)
        declaration->addTo(*this);
}

const CommandEntry *CommandRegistry::find(const QString &name, bool isApi) const
{
    const auto &entries = isApi ? m_apis : m_commands;
    auto found = entries.constFind(name);
    if (found == entries.cend() && isApi)
        found = entries.constFind(anyApi);
    return found == entries.cend() ? nullptr : &*found;
}

QList<CommandInfo> CommandRegistry::describe() const
{
    QList<CommandInfo> infos;
    infos.reserve(m_commands.size() + m_apis.size());
    for (const auto *entries : {&m_commands, &m_apis}) {
        for (const CommandEntry &entry : *entries)
            infos.append(entry.info);
    }
    std::sort(infos.begin(), infos.end(),
              [](const CommandInfo &a, const CommandInfo &b) { return a.name != b.name ? a.name < b.name : a.isApi < b.isApi; });
    return infos;
}

AbstractCommandDeclaration::AbstractCommandDeclaration()
{
    auto &[mutex, alive] = declarations();
    const std::lock_guard lock(mutex);
    alive.push_back(this);
}

AbstractCommandDeclaration::~AbstractCommandDeclaration()
{
    auto &[mutex, alive] = declarations();
    const std::lock_guard lock(mutex);
    std::erase(alive, this);
}

} // namespace stint
