// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/pages/listpage.h"
#include "models/scheduledtaskmodel.h"

namespace stint {

class BodyView;
class FieldList;
class Settings;

/// The scheduled tasks, and all about the chosen one below them. GUI thread.
class ScheduledPage final : public ListPage
{
    Q_OBJECT

public:
    ScheduledPage(Connection &connection, Settings &settings, QWidget *parent = nullptr);
    ~ScheduledPage() override;

    void refresh() override;
    [[nodiscard]] std::optional<JobExport> exported() const override;

protected:
    void clearRows() override;

private:
    void showTask();

    ScheduledTaskModel m_model;
    FieldList *m_fields;
    BodyView *m_request;
    QWidget *m_details;
};

} // namespace stint
