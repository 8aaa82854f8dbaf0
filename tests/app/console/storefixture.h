// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/mainwindow.h"
#include "app/console/settings.h"
#include "app/console/theme.h"
#include "app/console/windowactions.h"
#include "engine/jobqueue.h"

#include <QTemporaryDir>
#include <QTest>

namespace stint::test {

/// The window on a store of files, while another process, here another opening of the store, changes it.
class StoreFixture : public QObject
{
protected:
    void makeWindow()
    {
        theme::apply(theme::Choice::Light);
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("console.ini")));
        const QString jobs = m_folder->filePath(QStringLiteral("jobs"));
        auto made = JobQueue::openStore(jobs, OpenMode::Create);
        QVERIFY2(made, made ? "" : qPrintable(made.error().message));
        m_other = *made;
        m_window = std::make_unique<MainWindow>(*m_settings);
        m_actions = m_window->findChild<WindowActions *>();
        m_window->attach(jobs);
        m_window->show();
        QTRY_VERIFY(m_window->connection().isAttached());
        QVERIFY(m_window->connection().canWrite());
    }
    void closeWindow()
    {
        m_window.reset();
        m_other.reset();
    }

    void enqueue(int count, const QString &worker)
    {
        EnqueueRequest request;
        for (int number = 0; number < count; ++number)
            request.jobs.push_back({.name = QStringLiteral("Simulate"), .options = {.worker = worker}});
        const auto refs = waitFor<QList<JobRef>>([&](auto done) { m_other->enqueue(request, done); });
        QVERIFY2(refs, refs ? "" : qPrintable(refs.error().message));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::shared_ptr<JobStore> m_other;
    std::unique_ptr<MainWindow> m_window;
    WindowActions *m_actions = nullptr;
};

} // namespace stint::test
