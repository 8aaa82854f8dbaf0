// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

namespace stint {

/// Asks before something that cannot be taken back: what, what comes of it, and a button that says what it does beside
/// one that leaves things as they are, which is the default. GUI thread.
class QuestionDialog final : public QDialog
{
    Q_OBJECT

public:
    QuestionDialog(const QString &question, const QString &consequence, const QString &act, const QString &keep, QWidget *parent);
};

} // namespace stint
