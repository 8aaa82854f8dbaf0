// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMenu>

namespace stint {

class JobsPage;
class WindowActions;

/// What can be done with the chosen jobs of a table, at the mouse. GUI thread.
class JobMenu final : public QMenu
{
    Q_OBJECT

public:
    JobMenu(const WindowActions &actions, JobsPage *page, QWidget *parent = nullptr);
};

} // namespace stint
