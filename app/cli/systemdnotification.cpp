// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/systemdnotification.h"

#include <algorithm>
#include <cstddef>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace stint::cli {

void notifySystemd(const QByteArray &state)
{
    const QByteArray path = qgetenv("NOTIFY_SOCKET");
    sockaddr_un address{};
    if (path.isEmpty() || static_cast<std::size_t>(path.size()) >= sizeof(address.sun_path))
        return;
    address.sun_family = AF_UNIX;
    std::copy(path.begin(), path.end(), address.sun_path);
    if (address.sun_path[0] == '@') // a name in the abstract namespace
        address.sun_path[0] = '\0';
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return;
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + static_cast<std::size_t>(path.size()));
    (void)::sendto(socket, state.constData(), static_cast<std::size_t>(state.size()), MSG_NOSIGNAL,
                   reinterpret_cast<const sockaddr *>(&address), size);
    ::close(socket);
}

} // namespace stint::cli
