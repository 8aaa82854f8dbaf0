// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollArea>

#include <cstdint>
#include <optional>

class QGridLayout;

namespace stint {

/// Names and values, one below the other; values can be selected, those that name a job opened. GUI thread.
class FieldList final : public QScrollArea
{
    Q_OBJECT

public:
    struct Field {
        QString name;
        QString value;
        std::optional<std::int64_t> jobId = {}; ///< the value is a link to this job
        QString toolTip = {};

        friend bool operator==(const Field &, const Field &) = default;
    };

    explicit FieldList(QWidget *parent = nullptr);
    /// Keeps what is there if nothing has changed, and the scroll if only values have.
    void setFields(const QList<Field> &fields);
    [[nodiscard]] const QList<Field> &fields() const { return m_fields; }

Q_SIGNALS:
    void openJob(qint64 id);

private:
    QList<Field> m_fields;
    QWidget *m_body;
    QGridLayout *m_grid;
};

} // namespace stint
