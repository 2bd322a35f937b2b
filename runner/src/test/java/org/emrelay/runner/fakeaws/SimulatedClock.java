package org.emrelay.runner.fakeaws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A simulated clock that jumps ahead while all threads sleep. When no call and no activity of a woken sleeper is
 * in progress, it jumps to the earliest wake time. While real processes work, it follows real time, faster.
 */
public final class SimulatedClock extends Clock {
    public static final Instant START = Instant.parse("2026-11-21T03:45:12Z");

    /** How many times faster than real time the clock is while real processes work. */
    private static final int SPEED_DURING_REAL_WORK = 30;

    /** The real time without events after which the clock jumps. */
    private volatile long idleNanoseconds = 2_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Instant> wakeTimes = new ArrayList<>();
    private final PriorityQueue<ScheduledAction> scheduledActions =
            new PriorityQueue<>(Comparator.comparing(ScheduledAction::at).thenComparing(ScheduledAction::order));
    private volatile Instant now = START;
    private boolean crashed;
    private int activities;
    private int realWorks;
    private long eventCount;
    private long nextOrder;

    private record ScheduledAction(Instant at, long order, Runnable action) {}

    /** Sleeps in simulated time, as the process under test does. A crash wakes the sleeper with {@link SimulatedCrash}. */
    public void sleep(Duration duration) throws InterruptedException {
        sleep(duration, true);
    }

    /** Delays a call in the server. A crash of the client does not wake it. */
    void delay(Duration duration) throws InterruptedException {
        sleep(duration, false);
    }

    private void sleep(Duration duration, boolean interruptedByCrash) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Instant wakeTime = now.plus(duration);
            wakeTimes.add(wakeTime);
            try {
                awaitWake(wakeTime, interruptedByCrash);
            } finally {
                wakeTimes.remove(wakeTime);
                recordEvent();
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitWake(Instant wakeTime, boolean interruptedByCrash) throws InterruptedException {
        recordEvent();
        long earliestDuringRealWork =
                System.nanoTime() + Duration.between(now, wakeTime).toNanos() / SPEED_DURING_REAL_WORK;
        while (true) {
            if (crashed && interruptedByCrash) {
                throw new SimulatedCrash();
            }
            if (!now.isBefore(wakeTime)) {
                return;
            }
            long eventsBefore = eventCount;
            long realWait = realWorks == 0 ? 0 : earliestDuringRealWork - System.nanoTime();
            boolean isIdle = changed.awaitNanos(Math.max(idleNanoseconds, realWait)) <= 0;
            boolean isEarliest = wakeTimes.stream().noneMatch(other -> other.isBefore(wakeTime));
            if (isIdle && eventsBefore == eventCount && activities == 0 && isEarliest && now.isBefore(wakeTime)) {
                moveTo(wakeTime);
            }
        }
    }

    private void recordEvent() {
        eventCount++;
        changed.signalAll();
    }

    /** Advances the clock manually. */
    public void advance(Duration duration) {
        lock.lock();
        try {
            moveTo(now.plus(duration));
            recordEvent();
        } finally {
            lock.unlock();
        }
    }

    /** Runs an action when the clock reaches a time: Ctrl-C, expiring credentials, a colleague who deletes a role. */
    public void schedule(Duration delay, Runnable action) {
        lock.lock();
        try {
            scheduledActions.add(new ScheduledAction(now.plus(delay), nextOrder++, action));
        } finally {
            lock.unlock();
        }
    }

    private void moveTo(Instant instant) {
        while (!scheduledActions.isEmpty() && !scheduledActions.element().at().isAfter(instant)) {
            ScheduledAction scheduled = scheduledActions.remove();
            now = scheduled.at();
            scheduled.action().run();
        }
        now = instant;
    }

    /**
     * Sets the real time without events after which the clock jumps. Increase it in tests that measure simulated time on a
     * busy machine: a thread that computes between two calls looks idle to the clock.
     */
    public void setIdleThreshold(Duration realTime) {
        idleNanoseconds = realTime.toNanos();
    }

    /** The simulated time since the start of the test. */
    public Duration elapsed() {
        return Duration.between(START, now);
    }

    /** Makes the clock follow real time until the work ends. */
    public void beginRealWork() {
        changeRealWorks(1);
    }

    public void endRealWork() {
        changeRealWorks(-1);
    }

    private void changeRealWorks(int by) {
        lock.lock();
        try {
            realWorks += by;
            recordEvent();
        } finally {
            lock.unlock();
        }
    }

    void beginActivity() {
        changeActivity(1);
    }

    void endActivity() {
        changeActivity(-1);
    }

    private void changeActivity(int by) {
        lock.lock();
        try {
            activities += by;
            recordEvent();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until {@code count} threads are asleep. */
    void awaitSleepers(int count) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (wakeTimes.size() < count) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    void crash() {
        setCrashed(true);
    }

    void restart() {
        setCrashed(false);
    }

    private void setCrashed(boolean value) {
        lock.lock();
        try {
            crashed = value;
            recordEvent();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
