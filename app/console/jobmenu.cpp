// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/jobmenu.h"

#include "app/console/pages/jobspage.h"
#include "app/console/pages/jobtableview.h"
#include "app/console/windowactions.h"

namespace stint {

namespace {
constexpr int valueWidth = 240;
} // namespace

JobMenu::JobMenu(const WindowActions &actions, JobsPage *page, QWidget *parent)
    : QMenu(parent)
{
    setToolTipsVisible(true);
    addActions({actions.open, actions.requeue});
    addSeparator();
    addAction(actions.cancel);
    addSeparator();
    addActions({actions.copy, actions.copyId, actions.copyRefId});
    const QString value = page->table()->currentIndex().data().toString();
    if (!value.isEmpty()) {
        addSeparator();
        addAction(tr("Filter by “%1”").arg(fontMetrics().elidedText(value, Qt::ElideRight, valueWidth)), page,
                  [page, value] { page->setFilterText(value); });
    }
    addSeparator();
    addActions({actions.selectAll, actions.exportRows});
}

} // namespace stint
