// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/usersfile.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stint;

class TestUsersFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resolves();
    void refuses_data();
    void refuses();
    void missingFile();

private:
    QString write(const QByteArray &content)
    {
        QFile file(m_folder.filePath(u"users.json"_s));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName() : QString();
    }
    QTemporaryDir m_folder;
};

void TestUsersFile::resolves()
{
    const auto users = cli::readUsersFile(write(R"([
        {"id":"7","name":"Zoë","roles":["Admin","Ops"],"claims":{"email":"z@h","group":["a","b"]}},
        {"id":8}])"));
    QVERIFY2(users.ok(), users.ok() ? "" : qPrintable(users.error().message));
    const auto zoe = (*users)(u"7"_s);
    QVERIFY(zoe);
    QCOMPARE(zoe->name, u"Zoë"_s);
    QCOMPARE(zoe->roles, (QStringList{u"Admin"_s, u"Ops"_s}));
    QCOMPARE(zoe->claims.values(u"email"_s), QStringList{u"z@h"_s});
    QCOMPARE(zoe->claims.values(u"group"_s).size(), 2);
    QCOMPARE((*users)(u"8"_s)->name, u"8"_s);
    QVERIFY(!(*users)(u"9"_s));
}

void TestUsersFile::refuses_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("says");
    QTest::newRow("no JSON") << "[\n{\"id\":\"1\"},\n}"_ba << u"users.json line 3"_s;
    QTest::newRow("no list") << "{}"_ba << u"a list of users"_s;
    QTest::newRow("no id") << "[{\"id\":\"1\"},{\"name\":\"x\"}]"_ba << u"user 2: it has no \"id\""_s;
    QTest::newRow("no object") << "[5]"_ba << u"user 1: it has no \"id\""_s;
    QTest::newRow("roles") << "[{\"id\":\"1\",\"roles\":[1]}]"_ba << u"\"roles\""_s;
    QTest::newRow("claims") << "[{\"id\":\"1\",\"claims\":[]}]"_ba << u"\"claims\""_s;
    QTest::newRow("claim") << "[{\"id\":\"1\",\"claims\":{\"a\":{}}}]"_ba << u"the claim \"a\""_s;
    QTest::newRow("twice") << "[{\"id\":\"1\"},{\"id\":\"1\"}]"_ba << u"user 2: the id \"1\" comes twice"_s;
}

void TestUsersFile::refuses()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, says);
    const auto users = cli::readUsersFile(write(content));
    QVERIFY(!users.ok());
    QVERIFY2(users.error().message.contains(says), qPrintable(users.error().message));
}

void TestUsersFile::missingFile()
{
    QCOMPARE(cli::readUsersFile(m_folder.filePath(u"none"_s)).error().code, ErrorCode::Io);
}

QTEST_GUILESS_MAIN(TestUsersFile)
#include "tst_usersfile.moc"
