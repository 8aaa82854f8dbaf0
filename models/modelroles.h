// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <Qt>

namespace stint {

/// What the models give beyond Qt's own roles. Colours and icons are the view's affair.
enum ModelRole : int {
    IdRole = Qt::UserRole + 1, ///< qint64: the job or task of the row
    StateRole,                 ///< int of a JobState; invalid where there is none
    LoadingRole,               ///< bool: the row is known, its contents are still being read
    ProgressRole,              ///< double, 0 to 1; invalid where nothing was reported
    EstimateRole,              ///< double, 0 to 1: progress as estimated, where none was reported
    LevelRole,                 ///< int of a LogLevel
    PausedRole,                ///< bool: the worker or the task is paused
    IdleRole,                  ///< bool: the worker has nothing to do
    JobIdRole,                 ///< qint64: a job that the cell names and that can be opened
    FullTextRole,              ///< the cell's text uncut
};

} // namespace stint
