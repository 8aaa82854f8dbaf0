// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class QTableView;

namespace stint {

class Settings;

/// Which columns of a table are shown, in which order and how wide: by name, remembered, changed in the header's
/// menu. One column takes what room is left until its width was set by hand. GUI thread.
class TableLayout final : public QObject
{
    Q_OBJECT

public:
    struct Column {
        int section = 0;
        QString key;   ///< never translated
        int width = 0; ///< unless remembered
        bool shown = true;
    };

    /// `columns` in the default order; those not in it are never offered.
    TableLayout(QString table, QTableView *view, QList<Column> columns, int flexible, Settings &settings);

    /// Shown sections, left to right.
    [[nodiscard]] QList<int> shown() const;
    void reset();

Q_SIGNALS:
    void shownChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();
    void stretch();
    void save();
    void openMenu(const QPoint &where);
    [[nodiscard]] QString title(int section) const;

    QString m_table;
    QTableView *m_view;
    QList<Column> m_columns;
    int m_flexible;
    Settings &m_settings;
    bool m_applying = false;
    bool m_fixedByHand = false;
};

} // namespace stint
