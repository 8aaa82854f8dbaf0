// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include <engine/commandplugin.h>

#include <QFile>
#include <QObject>

/// Which file to read.
struct WordCountRequest {
    Q_GADGET
    Q_PROPERTY(QString path MEMBER path)

public:
    QString path;
};

/// What is in it.
struct WordCountResult {
    Q_GADGET
    Q_PROPERTY(int lines MEMBER lines)
    Q_PROPERTY(int words MEMBER words)

public:
    int lines = 0;
    int words = 0;
};

/// Counts the lines and words of a text file.
class WordCount final : public stint::Command<WordCountRequest, WordCountResult>
{
public:
    stint::Outcome<WordCountResult> run(const WordCountRequest &request, stint::JobContext &context) override
    {
        QFile file(request.path);
        if (!file.open(QIODevice::ReadOnly))
            throw stint::JobException(QStringLiteral("Unreadable"), file.errorString());
        WordCountResult result;
        while (!file.atEnd()) {
            context.throwIfCancelled();
            const QByteArray line = file.readLine().simplified();
            ++result.lines;
            result.words += line.isEmpty() ? 0 : static_cast<int>(line.count(' ')) + 1;
        }
        context.log(QStringLiteral("read %1").arg(request.path));
        return result;
    }
};

class WordCountPlugin final : public QObject, public stint::CommandPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID StintCommandPlugin_iid)
    Q_INTERFACES(stint::CommandPlugin)

public:
    void addCommands(stint::CommandRegistry &registry) override { registry.add<WordCount>(); }
};

#include "wordcount.moc"
