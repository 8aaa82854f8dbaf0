// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace stint::test {

/// A PostgreSQL server of its own in a temporary folder, reached by a Unix socket there. It ends with this object, or
/// with the process. It may lose data in a power cut: it is for tests.
class PostgresServer final
{
public:
    ~PostgresServer();

    /// Returns why it could not be started, or an empty text.
    [[nodiscard]] QString start();
    /// The address of a new, empty database.
    [[nodiscard]] QString createDatabase();
    /// Runs one statement there; returns what psql says.
    QString execute(const QString &sql, const QString &database = QStringLiteral("postgres"));
    /// Ends all its connections, as a restart does.
    void cutConnections();

private:
    [[nodiscard]] QString run(const QString &program, const QStringList &arguments);

    QTemporaryDir m_folder;
    QProcess m_server;
    int m_databases = 0;
};

} // namespace stint::test
