// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "engine/job.h"
#include "engine/jobstats.h"

#include <QFrame>

class QLabel;

namespace stint {

/// Why a queued job does not run now. Hidden where there is no reason. GUI thread.
class WaitBox final : public QFrame
{
    Q_OBJECT

public:
    explicit WaitBox(QWidget *parent = nullptr);
    void setReasons(const QList<WaitReason> &reasons, const Job &job);

private:
    QLabel *m_icon;
    QLabel *m_text;
};

} // namespace stint
