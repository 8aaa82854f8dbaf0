// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/clock.h"
#include "engine/store/jobstore.h"

#include <QObject>

#include <atomic>
#include <memory>

namespace stint::test {

/// A clock that a test sets.
class FakeClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return Timestamp(Ticks(m_ticks.load())); }
    void set(Timestamp moment) { m_ticks = moment.time_since_epoch().count(); }
    void advance(Ticks by) { m_ticks += by.count(); }

private:
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
    void w16_eachJobIsInTheMonthOfItsOwnDate();
    void w14_noLineIsMissing();
    void progressIsSeen();
    void w21_progressIsEstimatedByTheLastRun();
    void countersAdd();
    void oneHostAtATime();
    void orphansAreFound();
    void subscribersHearOfOtherConnections();
    void eachJobIsClaimedOnce();

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

    std::shared_ptr<FakeClock> m_clock;
    std::shared_ptr<JobStore> m_store;
};

} // namespace stint::test
