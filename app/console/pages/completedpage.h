// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/pages/jobspage.h"

namespace stint {

/// The archive of jobs that ended with success, by month. GUI thread.
class CompletedPage final : public JobsPage
{
    Q_OBJECT

public:
    CompletedPage(Connection &connection, Settings &settings, QWidget *parent = nullptr);
};

} // namespace stint
