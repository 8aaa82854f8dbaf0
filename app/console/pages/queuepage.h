// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/console/pages/jobspage.h"

namespace stint {

/// Jobs that are not finished: waiting, running, or with their callback to come. GUI thread.
class QueuePage final : public JobsPage
{
    Q_OBJECT

public:
    QueuePage(Connection &connection, Settings &settings, QWidget *parent = nullptr);
};

} // namespace stint
