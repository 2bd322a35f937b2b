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
 * The only time in a test: a clock, and the sleeping that moves it. When nothing is under way, neither a call nor anything that a
 * waking sleeper began, it jumps to the instant at which the first sleeper wants to wake.
 */
public final class FakeTime extends Clock {
    public static final Instant START = Instant.parse("2026-11-21T03:45:12Z");

    /** Of real time: how long nothing must have happened before the clock jumps. */
    private volatile long quietNanoseconds = 2_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Instant> wakes = new ArrayList<>();
    private final PriorityQueue<Appointment> appointments =
            new PriorityQueue<>(Comparator.comparing(Appointment::at).thenComparing(Appointment::order));
    private volatile Instant now = START;
    private boolean dead;
    private int busy;
    private long happenings;
    private long order;

    private record Appointment(Instant at, long order, Runnable action) {}

    /** Sleeps as the process under test does. */
    public void sleep(Duration duration) throws InterruptedException {
        sleep(duration, true);
    }

    /** How the server itself lets an answer take its time; the death of its client does not wake it. */
    void pause(Duration duration) throws InterruptedException {
        sleep(duration, false);
    }

    private void sleep(Duration duration, boolean mortal) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Instant wake = now.plus(duration);
            wakes.add(wake);
            try {
                awaitWake(wake, mortal);
            } finally {
                wakes.remove(wake);
                happened();
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitWake(Instant wake, boolean mortal) throws InterruptedException {
        happened();
        while (true) {
            if (dead && mortal) {
                throw new ProcessDied();
            }
            if (!now.isBefore(wake)) {
                return;
            }
            long seen = happenings;
            boolean quiet = changed.awaitNanos(quietNanoseconds) <= 0;
            boolean first = wakes.stream().noneMatch(other -> other.isBefore(wake));
            if (quiet && seen == happenings && busy == 0 && first && now.isBefore(wake)) {
                moveTo(wake);
            }
        }
    }

    private void happened() {
        happenings++;
        changed.signalAll();
    }

    /** Moves the clock by hand. */
    public void advance(Duration duration) {
        lock.lock();
        try {
            moveTo(now.plus(duration));
            happened();
        } finally {
            lock.unlock();
        }
    }

    /** Something that the test does when the clock gets there: Ctrl-C, credentials that end, a colleague who deletes a role. */
    public void after(Duration delay, Runnable action) {
        lock.lock();
        try {
            appointments.add(new Appointment(now.plus(delay), order++, action));
        } finally {
            lock.unlock();
        }
    }

    private void moveTo(Instant instant) {
        while (!appointments.isEmpty() && !appointments.element().at().isAfter(instant)) {
            Appointment appointment = appointments.remove();
            now = appointment.at();
            appointment.action().run();
        }
        now = instant;
    }

    /**
     * Of real time, how long nothing must have happened before the clock jumps: more where a test measures fake time on a busy machine, for
     * a thread that computes between two calls looks idle from here.
     */
    public void patience(Duration realTime) {
        quietNanoseconds = realTime.toNanos();
    }

    /** How much time has gone by in the whole test. */
    public Duration elapsed() {
        return Duration.between(START, now);
    }

    void begin() {
        change(1);
    }

    void end() {
        change(-1);
    }

    private void change(int by) {
        lock.lock();
        try {
            busy += by;
            happened();
        } finally {
            lock.unlock();
        }
    }

    /** Returns as soon as so many are asleep. */
    void awaitSleepers(int count) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (wakes.size() < count) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    void kill() {
        setDead(true);
    }

    void revive() {
        setDead(false);
    }

    private void setDead(boolean value) {
        lock.lock();
        try {
            dead = value;
            happened();
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
