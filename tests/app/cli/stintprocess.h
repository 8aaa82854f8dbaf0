// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QStringList>
#include <QTemporaryDir>

namespace stint::test {

/// What a run of the program left.
struct Answer {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;

    /// Standard output as the one JSON value that it must be; undefined if it is not.
    [[nodiscard]] QJsonValue json() const;
    [[nodiscard]] QJsonArray array() const { return json().toArray(); }
    [[nodiscard]] QJsonObject object() const { return json().toObject(); }
    /// Exactly one line on stderr.
    [[nodiscard]] bool saidOneLine() const;
};

/// Of the jobs in an answer of `list --json`.
[[nodiscard]] QSet<qint64> idsOf(const QJsonArray &jobs);

/// Runs the `stint` of the build to its end.
[[nodiscard]] Answer runStint(const QStringList &arguments, const QByteArray &input = {});

/// A store in a temporary folder.
class TemporaryStore final
{
public:
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("jobs")); }
    [[nodiscard]] QString file(const QString &name) const { return m_folder.filePath(name); }
    /// A file beside the store.
    QString write(const QString &name, const QByteArray &content) const;

    /// `stint --db PATH …`
    [[nodiscard]] Answer run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return runStint(QStringList{QStringLiteral("--db"), path()} + arguments, input);
    }
    [[nodiscard]] qint64 enqueue(const QStringList &arguments) const;
    [[nodiscard]] Answer drain(const QStringList &arguments = {}) const
    {
        return run(QStringList{QStringLiteral("host"), QStringLiteral("--drain")} + arguments);
    }
    [[nodiscard]] QJsonObject show(qint64 id) const;
    [[nodiscard]] QString state(qint64 id) const;

private:
    QTemporaryDir m_folder;
};

/// Copies a folder of tests/data, times included, so that a test can see whether it was touched.
[[nodiscard]] QString copyOf(const QString &dataFolder, const QTemporaryDir &target);
/// Name, size, time and content of every file.
[[nodiscard]] QStringList fingerprint(const QString &folder);

/// A host that runs in the background until it is told to stop.
class BackgroundHost final
{
public:
    explicit BackgroundHost(const TemporaryStore &store, const QStringList &arguments = {});
    ~BackgroundHost();

    /// Once it says that it hosts.
    [[nodiscard]] bool isUp();
    [[nodiscard]] bool waitForText(const QByteArray &text);
    void signal(int number);
    /// Its exit code, once it has ended by itself or by a signal sent before.
    [[nodiscard]] int waitForEnd();
    [[nodiscard]] QProcess &process() { return m_process; }

private:
    QProcess m_process;
    QByteArray m_said;
};

} // namespace stint::test
