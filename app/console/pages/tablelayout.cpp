// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/pages/tablelayout.h"

#include "app/console/settings.h"

#include <QEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QTableView>

namespace stint {

namespace {
constexpr int flexibleMinimum = 100;
} // namespace

TableLayout::TableLayout(QString table, QTableView *view, QList<Column> columns, int flexible, Settings &settings)
    : QObject(view)
    , m_table(std::move(table))
    , m_view(view)
    , m_columns(std::move(columns))
    , m_flexible(flexible)
    , m_settings(settings)
{
    QHeaderView *header = m_view->horizontalHeader();
    header->setSectionsMovable(true);
    header->setMinimumSectionSize(32);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    apply();
    connect(header, &QHeaderView::customContextMenuRequested, this, &TableLayout::openMenu);
    connect(header, &QHeaderView::sectionMoved, this, &TableLayout::save);
    connect(header, &QHeaderView::sectionResized, this, [this](int section) {
        if (m_applying)
            return;
        m_fixedByHand = m_fixedByHand || section == m_flexible;
        stretch();
        save();
    });
    m_view->viewport()->installEventFilter(this);
}

void TableLayout::apply()
{
    const QScopedValueRollback applying(m_applying, true);
    QHeaderView *header = m_view->horizontalHeader();
    QList<Column> columns = m_columns;
    const QList<ColumnLayout> saved = m_settings.columns(m_table);
    if (!saved.isEmpty()) {
        for (Column &column : columns)
            column.shown = false;
        for (qsizetype place = saved.size() - 1; place >= 0; --place) {
            const auto found = std::ranges::find(columns, saved[place].key, &Column::key);
            if (found == columns.end())
                continue;
            found->shown = true;
            found->width = saved[place].width;
            std::rotate(columns.begin(), found, found + 1);
        }
    }
    for (int section = 0; section < header->count(); ++section)
        header->setSectionHidden(section, true);
    for (int place = 0; place < columns.size(); ++place) {
        const Column &column = columns[place];
        header->moveSection(header->visualIndex(column.section), place);
        header->resizeSection(column.section, std::max(32, column.width));
        header->setSectionHidden(column.section, !column.shown);
    }
    if (shown().isEmpty())
        header->setSectionHidden(columns.front().section, false);
    stretch();
}

QList<int> TableLayout::shown() const
{
    QList<int> sections;
    const QHeaderView *header = m_view->horizontalHeader();
    for (int place = 0; place < header->count(); ++place) {
        const int section = header->logicalIndex(place);
        if (!header->isSectionHidden(section))
            sections.append(section);
    }
    return sections;
}

void TableLayout::reset()
{
    m_settings.setColumns(m_table, {});
    m_fixedByHand = false;
    apply();
    Q_EMIT shownChanged();
}

bool TableLayout::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        stretch();
    return QObject::eventFilter(watched, event);
}

void TableLayout::stretch()
{
    QHeaderView *header = m_view->horizontalHeader();
    if (m_fixedByHand || m_flexible < 0 || header->isSectionHidden(m_flexible))
        return;
    const QScopedValueRollback applying(m_applying, true);
    const int others = header->length() - header->sectionSize(m_flexible);
    header->resizeSection(m_flexible, std::max(flexibleMinimum, m_view->viewport()->width() - others));
}

void TableLayout::save()
{
    if (m_applying)
        return;
    QList<ColumnLayout> columns;
    for (const int section : shown()) {
        const auto found = std::ranges::find(m_columns, section, &Column::section);
        if (found != m_columns.end())
            columns.append({found->key, m_view->horizontalHeader()->sectionSize(section)});
    }
    m_settings.setColumns(m_table, columns);
}

void TableLayout::openMenu(const QPoint &where)
{
    QMenu menu(m_view);
    QHeaderView *header = m_view->horizontalHeader();
    const QList<int> visible = shown();
    for (const Column &column : m_columns) {
        QAction *entry = menu.addAction(title(column.section));
        entry->setCheckable(true);
        entry->setChecked(visible.contains(column.section));
        // The last one stays: a table without columns has no way back.
        entry->setEnabled(visible.size() > 1 || !entry->isChecked());
        connect(entry, &QAction::toggled, this, [this, header, column](bool on) {
            {
                const QScopedValueRollback applying(m_applying, true);
                header->setSectionHidden(column.section, !on);
                if (on && header->sectionSize(column.section) < 40)
                    header->resizeSection(column.section, column.width);
            }
            stretch();
            save();
            Q_EMIT shownChanged();
        });
    }
    menu.addSeparator();
    menu.addAction(tr("Default columns"), this, &TableLayout::reset);
    menu.exec(header->mapToGlobal(where));
}

QString TableLayout::title(int section) const
{
    return m_view->model()->headerData(section, Qt::Horizontal).toString();
}

} // namespace stint
