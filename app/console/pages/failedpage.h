// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/pages/jobspage.h"

namespace stint {

/// The archive of jobs that failed or were cancelled, by month. GUI thread.
class FailedPage final : public JobsPage
{
    Q_OBJECT

public:
    FailedPage(Connection &connection, Settings &settings, QWidget *parent = nullptr);
};

} // namespace stint
