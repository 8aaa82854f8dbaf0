// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/details/detailsdock.h"
#include "app/console/mainwindow.h"
#include "app/console/messagestrip.h"
#include "app/console/pages/jobspage.h"
#include "app/console/pages/jobtableview.h"
#include "app/console/settings.h"
#include "app/console/windowactions.h"
#include "tests/support/fakejobstore.h"

#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

namespace stint::test {

/// The window on a store in memory: jobs 1 to 60 are finished, every tenth has failed; 61 runs, 62 to 140 are queued.
class ConsoleFixture : public QObject
{
protected:
    static Job job(std::int64_t id, JobState state)
    {
        Job made;
        made.id = id;
        made.refId = QStringLiteral("ref%1").arg(id);
        made.command = id % 2 ? QStringLiteral("Resize") : QStringLiteral("SendInvoice");
        made.request = QStringLiteral("Invoice");
        made.requestType = QString(requesttype::command);
        made.requestBody = R"({"number":9007199254740993,"total":1275.50})";
        made.state = state;
        made.worker = QStringLiteral("mail");
        made.createdDate = Timestamp{std::chrono::seconds{1'790'000'000 + id}};
        if (state == JobState::Failed)
            made.error = JobError{QStringLiteral("Timeout"), QStringLiteral("it took too long"), QStringLiteral("at A\nat B"), {}, {}};
        return made;
    }

    void makeWindow()
    {
        theme::apply(theme::Choice::Light);
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("console.ini")));
        m_store = std::make_shared<FakeJobStore>();
        QList<Job> jobs;
        for (std::int64_t id = 1; id <= 60; ++id)
            jobs.append(job(id, id % 10 == 0 ? JobState::Failed : JobState::Completed));
        for (std::int64_t id = 61; id <= 140; ++id)
            jobs.append(job(id, id == 61 ? JobState::Started : JobState::Queued));
        m_store->put(jobs);
        m_window = std::make_unique<MainWindow>(*m_settings);
        m_actions = m_window->findChild<WindowActions *>();
        m_window->connection().attach(m_store);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void closeWindow()
    {
        m_window.reset();
        m_settings.reset();
    }

    JobsPage *pane(const QString &key)
    {
        m_window->showPane(key);
        auto *page = qobject_cast<JobsPage *>(m_window->page());
        if (!page || !QTest::qWaitFor([page] { return page->isSettled(); }, 10'000))
            qFatal("the pane does not settle");
        return page;
    }
    void choose(JobsPage *page, std::int64_t id)
    {
        page->table()->goTo(id);
        page->table()->setFocus();
        QVERIFY(QTest::qWaitFor([&] { return m_window->details()->jobId() == id && m_window->details()->isSettled(); }, 10'000));
    }
    MessageStrip *shownStrip()
    {
        for (MessageStrip *strip : m_window->findChildren<MessageStrip *>()) {
            if (strip->isVisible())
                return strip;
        }
        return nullptr;
    }
    static void press(QWidget *place, const QString &label)
    {
        for (QPushButton *button : place->findChildren<QPushButton *>()) {
            if (button->text() == label && !button->isHidden())
                return button->click();
        }
        QFAIL(qPrintable(QStringLiteral("no button ") + label));
    }
    QByteArray journal()
    {
        QFile file(m_folder->filePath(QStringLiteral("journal.jsonl")));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::shared_ptr<FakeJobStore> m_store;
    std::unique_ptr<MainWindow> m_window;
    WindowActions *m_actions = nullptr;
};

} // namespace stint::test
