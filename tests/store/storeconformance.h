// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/store/jobstore.h"

#include <QObject>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>

namespace stint::test {

/// A clock that a test sets.
class FakeClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return Timestamp(Ticks(m_ticks.load())); }
    /// Tells those who wait by it, as the machine does when its clock is set.
    void set(Timestamp moment)
    {
        m_ticks = moment.time_since_epoch().count();
        tellSet();
    }
    void advance(Ticks by)
    {
        m_ticks += by.count();
        tellSet();
    }
    [[nodiscard]] std::shared_ptr<void> whenSet(std::function<void()> listener) const override
    {
        const std::lock_guard lock(m_mutex);
        const int number = m_lastListener++;
        m_listeners.emplace(number, std::move(listener));
        return {nullptr, [this, number](void *) {
                    const std::lock_guard guard(m_mutex);
                    m_listeners.erase(number);
                }};
    }

private:
    void tellSet() const
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[number, listener] : m_listeners)
            listener();
    }

    mutable std::mutex m_mutex;
    mutable std::map<int, std::function<void()>> m_listeners;
    mutable int m_lastListener = 0;
    std::atomic<std::int64_t> m_ticks{Timestamp(std::chrono::sys_days(std::chrono::year(2026) / 11 / 24)).time_since_epoch().count()};
};

/// What every store must do, whatever it is made of. Derive, open a store, run. Standard primitives only, so that it
/// can run under the thread sanitizer.
class StoreConformance : public QObject
{
    Q_OBJECT

protected:
    /// A fresh store for each test function; with `again`, another connection to the one opened last.
    [[nodiscard]] virtual std::shared_ptr<JobStore> openStore(std::shared_ptr<const Clock> clock, bool again) = 0;

private Q_SLOTS:
    void init();
    void cleanup();

    void enqueuedJobIsFoundByIdAndRefId();
    void bodiesAreKeptByteForByte();
    void enqueueRefusesAllOrNothing_data();
    void enqueueRefusesAllOrNothing();
    void takenRefIdIsRefused();
    void uniqueKeyReturnsTheUnfinishedJob();
    void uniqueKeyOfACancelledJobIsFreeInTheSameCall();
    void claimsByPriorityDueDateAndId();
    void claimsNoMoreThanThereIsRoomFor();
    void futureJobsWaitForTheirDate();
    void unknownNamesAreSetAside();
    void pausedWorkersAreLeftAlone();
    void completedJobMovesToTheArchive();
    void eachAttemptIsFinalisedOnce();
    void w22_retryIsSeenInTheSummary();
    void interruptionDoesNotCountAsAttempt();
    void refundCountsNothing();
    void releasedJobIsAsIfNotClaimed();
    void callbackPhase();
    void w23_dependentsAreReleasedAndKnowTheirParent();
    void w08_dependentKeepsItsDate();
    void dependentsAreCancelledToAnyDepth();
    void batchIsDiscardedWithItsAttempt();
    void cancelQueued();
    void w07_cancelledWhileRunningIsNeverRetried();
    void w18_cancelLeavesExecutedAlone();
    void w29_requeueReportsAndKeepsTheEvidence();
    void w09_requeueWaitsForItsParentAgain();
    void requeueOfUnfinishedIsRefused();
    void bulkActionsByFilter();
    void w32_filtersIntersect();
    void pagesByKeyset();
    void filtersRows();
    void w16_w34_eachJobIsInTheMonthOfItsOwnDate();
    void w14_noLineIsMissing();
    void progressIsSeen();
    void w21_progressIsEstimatedByTheLastRun();
    void countersAdd();
    void oneHostAtATime();
    void orphansAreFound();
    void subscribersHearOfOtherConnections();
    void eachJobIsClaimedOnce();
    void taskIsKeptAsItWasSaved();
    void savingATaskAgainKeepsItsRuns();
    void badTasksAreRefused();
    void dueTaskIsEnqueuedOnce();
    void missedRunsFollowThePolicy();
    void runsDoNotOverlap();
    void pausedTaskMakesUpForNothing();
    void runNowIsBesideTheSchedule();
    void refIdIsTheFirstRunsOnly();
    void refusedRunIsAProblemOfItsTask();
    void transientTaskRecordsNoJob();
    void removedTaskIsGone();
    void subscribersHearOfTasks();

private:
    [[nodiscard]] QList<JobRef> enqueue(std::vector<NewJob> jobs, std::optional<Job> by = {});
    [[nodiscard]] JobRef enqueueOne(const QString &name, JobOptions options = {});
    [[nodiscard]] std::vector<Job> claim(int poolCapacity = 100, int newLaneCapacity = 1);
    [[nodiscard]] Job claimOne();
    [[nodiscard]] Result<void> finish(const Job &job, AttemptEnd::Kind kind, std::optional<JobError> error = {},
                                      std::optional<Timestamp> due = {});
    [[nodiscard]] JobResult find(std::int64_t id) const;
    [[nodiscard]] QList<ActionResult> cancel(JobSelection selection);
    [[nodiscard]] QList<ActionResult> requeue(JobSelection selection, RequeueEdit edit = {});
    [[nodiscard]] bool checkIsClean();
    ScheduledTask save(const NewTask &task);
    [[nodiscard]] ScheduledTask stored(const QString &name) const;
    /// As a host would that has lived since `aliveSince`, or comes now.
    [[nodiscard]] Result<TaskRun> runDue(const QString &name, std::optional<Timestamp> aliveSince = {}, bool isBusy = false);
    /// Oldest first.
    [[nodiscard]] QList<TaskOccurrence::Outcome> outcomes(const QString &name) const;

    std::shared_ptr<FakeClock> m_clock;
    std::shared_ptr<JobStore> m_store;
};

} // namespace stint::test
