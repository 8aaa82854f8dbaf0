// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/pages/jobspage.h"

namespace stint {

/// Every job that ever was, in short form. GUI thread.
class AllJobsPage final : public JobsPage
{
    Q_OBJECT

public:
    AllJobsPage(Connection &connection, Settings &settings, QWidget *parent = nullptr);
};

} // namespace stint
