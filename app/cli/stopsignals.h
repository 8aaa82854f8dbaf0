// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace stint::cli {

/// Takes SIGINT, SIGTERM and SIGHUP while it lives: the first one asks to stop, the second ends the process on the
/// spot. One object at a time. Main thread; needs an event loop for the signal only.
class StopSignals final : public QObject
{
    Q_OBJECT

public:
    explicit StopSignals(QObject *parent = nullptr);
    ~StopSignals() override;

    /// How many have come.
    [[nodiscard]] static int count();

Q_SIGNALS:
    void stopRequested();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace stint::cli
