// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/app/cli/stintprocess.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace stint::test {

using namespace Qt::StringLiterals;

/// A shell script in a mount namespace of its own, with a small disk that nobody else sees: for root and for users.
class SmallDisk final
{
public:
    /// Whether this machine lets us have one.
    [[nodiscard]] static bool isPossible()
    {
        const QTemporaryDir folder;
        return QProcess::execute(u"unshare"_s, {u"-rm"_s, u"mount"_s, u"-t"_s, u"tmpfs"_s, u"tmpfs"_s, folder.path()}) == 0;
    }

    /// `step NAME stint …` keeps what that run left; `fits SIZE` and `protect` change the disk.
    [[nodiscard]] bool run(const QString &script)
    {
        const QString prelude = uR"sh(
            step() { name=$1; shift; "$@" >"$OUT/$name.out" 2>"$OUT/$name.err"; echo $? >"$OUT/$name.code"; }
            stint() { "$STINT" --db "$DISK/jobs" "$@"; }
            fits() { mount -o remount,size=$1 "$DISK"; }
            protect() { mount -o remount,ro "$DISK"; }
            mount -t tmpfs -o size=2m tmpfs "$DISK" || exit 1
        )sh"_s;
        QDir(m_folder.path()).mkdir(u"disk"_s);
        QDir(m_folder.path()).mkdir(u"out"_s);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"DISK"_s, m_folder.filePath(u"disk"_s));
        environment.insert(u"OUT"_s, m_folder.filePath(u"out"_s));
        environment.insert(u"STINT"_s, QStringLiteral(STINT_BIN_DIR "/stint"));
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::ForwardedChannels);
        process.start(u"unshare"_s, {u"-rm"_s, u"sh"_s, u"-c"_s, prelude + script});
        if (process.waitForFinished(180'000))
            return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
        process.kill();
        process.waitForFinished();
        return false;
    }

    [[nodiscard]] Answer step(const QString &name) const
    {
        return {.exitCode = read(name + u".code"_s).trimmed().toInt(), .out = read(name + u".out"_s), .err = read(name + u".err"_s)};
    }
    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(m_folder.filePath(u"out/"_s + name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    QTemporaryDir m_folder;
};

} // namespace stint::test
