package org.emrelay.runner.platform.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.StepOutcome;
import org.jspecify.annotations.Nullable;

/** All attempts that the platform knows, in the order in which they came, and whose turn it is. Safe for use by several threads. */
final class AttemptQueue {

    /** The attempts of one run, and whether anything changed since somebody last looked. */
    private static final class Run {
        private final Map<AttemptId, LocalAttempt> attempts = new LinkedHashMap<>();
        private final Map<AttemptId, AttemptStatus> foreign = new LinkedHashMap<>();
        private boolean changed;
        private boolean toldOfCap;
    }

    /** An attempt that will come, though nobody has submitted it. */
    record Expected(RunId run, AttemptRequest launch, ResourceAllocation allotment) {}

    /** A process that only waits fits beside the steps, for they never have all of a machine; but not on the smallest of them. */
    private static final long SMALLEST_FOR_READY_MEBIBYTES = 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition somethingChanged = lock.newCondition();
    private final LocalResources machine;
    private final Consumer<String> notices;
    private final ResourcePool capacity;
    private final Map<RunId, Run> runs = new HashMap<>();
    private final List<LocalAttempt> pending = new ArrayList<>();
    private final List<LocalAttempt> started = new ArrayList<>();
    private @Nullable Expected expected;
    private String preparing = "";
    private boolean closed;

    AttemptQueue(LocalResources machine, Consumer<String> notices) {
        this.machine = machine;
        this.notices = notices;
        this.capacity = new ResourcePool(machine);
    }

    void add(RunId run, List<AttemptRequest> launches) {
        List<ResourceAllocation> allotments = launches.stream()
                .map(launch -> ResourceAllocation.of(launch, machine))
                .toList();
        boolean first = locked(() -> {
            if (closed) {
                throw new IllegalStateException("the platform is closed");
            }
            Run known = run(run);
            for (int i = 0; i < launches.size(); i++) {
                LocalAttempt attempt = new LocalAttempt(run, launches.get(i), allotments.get(i));
                if (known.attempts.putIfAbsent(attempt.id(), attempt) != null) {
                    throw new IllegalArgumentException(attempt.id() + " was submitted before");
                }
                pending.add(attempt);
            }
            changed(run);
            return tellsOfCap(known, allotments);
        });
        if (first) {
            notices.accept(CapWarning.text(allotments, machine));
        }
    }

    private static boolean tellsOfCap(Run run, List<ResourceAllocation> allotments) {
        boolean first = !run.toldOfCap && allotments.stream().anyMatch(ResourceAllocation::isCapped);
        run.toldOfCap |= first;
        return first;
    }

    void expect(RunId run, AttemptRequest next) {
        Expected coming = new Expected(run, next, ResourceAllocation.of(next, machine));
        locked(() -> expected = coming);
    }

    /** What a step waits for beside its turn, for people; empty when it is nothing. */
    void preparing(String what) {
        locked(() -> {
            preparing = what;
            runs.keySet().forEach(this::changed);
            return null;
        });
    }

    /** The next attempt that can start now. What it is given of the machine is taken until {@link #end}. */
    Optional<LocalAttempt> startNext() {
        return locked(() -> {
            Optional<LocalAttempt> next = closed
                    ? Optional.empty()
                    : pending.stream()
                            .filter(attempt ->
                                    capacity.lacksFor(attempt.allotment()).isEmpty())
                            .findFirst();
            next.ifPresent(attempt -> {
                pending.remove(attempt);
                started.add(attempt);
                capacity.take(attempt.allotment());
            });
            return next;
        });
    }

    /** The attempt that a process should be made ready for; empty when none is expected, or memory is short. */
    Optional<Expected> comesNext() {
        return locked(() -> {
            if (closed || machine.memoryMebibytes() < SMALLEST_FOR_READY_MEBIBYTES) {
                return Optional.empty();
            }
            return pending.stream()
                    .findFirst()
                    .map(attempt -> new Expected(attempt.run(), attempt.launch(), attempt.allotment()))
                    .or(() -> Optional.ofNullable(expected).filter(coming -> !isKnown(coming)));
        });
    }

    private boolean isKnown(Expected coming) {
        return run(coming.run()).attempts.containsKey(coming.launch().attempt());
    }

    void running(LocalAttempt attempt, StepChild child, Instant now) {
        locked(() -> {
            attempt.start(child, now);
            changed(attempt.run());
            return null;
        });
    }

    /** Ends an attempt that was started; the outcome may depend on whether it was cancelled. */
    void end(LocalAttempt attempt, Function<Boolean, StepOutcome> outcome, Instant now) {
        boolean cancelled = locked(attempt::isCancelled);
        StepOutcome how = outcome.apply(cancelled);
        locked(() -> {
            attempt.end(how, now);
            started.remove(attempt);
            capacity.giveBack(attempt.allotment());
            changed(attempt.run());
            return null;
        });
    }

    /** Those that wait for their turn end at once, the others when their processes have. */
    void cancel(RunId run, Collection<AttemptId> attempts, Instant now) {
        locked(() -> {
            attempts.forEach(
                    id -> Optional.ofNullable(run(run).attempts.get(id)).ifPresent(attempt -> cancel(attempt, now)));
            return null;
        });
    }

    private void cancel(LocalAttempt attempt, Instant now) {
        attempt.cancel();
        if (pending.remove(attempt)) {
            attempt.end(new StepOutcome.Cancelled(), now);
            changed(attempt.run());
        }
    }

    /** Cancels all, and lets nothing start any more. */
    void close(Instant now) {
        locked(() -> {
            closed = true;
            expected = null;
            List.copyOf(pending).forEach(attempt -> cancel(attempt, now));
            List.copyOf(started).forEach(attempt -> cancel(attempt, now));
            return null;
        });
    }

    void awaitAllEnded() throws InterruptedException {
        lock.lock();
        try {
            while (!started.isEmpty()) {
                somethingChanged.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes up attempts of an earlier runner: those that another one still runs are watched, the others are lost. */
    void takeUp(RunId run, Collection<AttemptId> submitted, Map<AttemptId, ProcessTable.Entry> running, Instant now) {
        locked(() -> {
            Run known = run(run);
            known.foreign.clear();
            for (AttemptId id : submitted) {
                if (!known.attempts.containsKey(id)) {
                    known.foreign.put(id, foreign(id, Optional.ofNullable(running.get(id)), now));
                }
            }
            changed(run);
            return null;
        });
    }

    private static AttemptStatus foreign(AttemptId id, Optional<ProcessTable.Entry> running, Instant now) {
        return running.map(entry -> new AttemptStatus(id, entry.since(), null, null, ""))
                .orElseGet(() -> new AttemptStatus(
                        id, null, now, new StepOutcome.Lost("the runner that started it is gone"), ""));
    }

    List<AttemptStatus> poll(RunId run) {
        return locked(() -> {
            Run known = run(run);
            known.changed = false;
            List<AttemptStatus> statuses = new ArrayList<>(known.foreign.values());
            known.attempts.values().forEach(attempt -> statuses.add(attempt.status(waitsFor(attempt))));
            return statuses;
        });
    }

    private String waitsFor(LocalAttempt attempt) {
        return preparing.isEmpty() ? capacity.lacksFor(attempt.allotment()) : preparing;
    }

    void awaitChange(RunId run, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (!run(run).changed && nanos > 0) {
                nanos = somethingChanged.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private Run run(RunId id) {
        return runs.computeIfAbsent(id, unknown -> new Run());
    }

    private void changed(RunId run) {
        run(run).changed = true;
        somethingChanged.signalAll();
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
