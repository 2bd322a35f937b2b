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
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.StepOutcome;
import org.jspecify.annotations.Nullable;

/** The queue of attempts of the local platform. Thread-safe. */
final class AttemptQueue {

    /** The attempts of one run, and whether any change is not acknowledged yet. */
    private static final class Run {
        private final Map<AttemptId, LocalAttempt> attempts = new LinkedHashMap<>();
        private final Map<AttemptId, AttemptStatus> attached = new LinkedHashMap<>();
        private boolean changed;
        private boolean capWarned;
    }

    /** An attempt that has not been submitted yet but probably will be. */
    record PrewarmRequest(RunId run, AttemptRequest request, ResourceAllocation allocation) {}

    /** A prewarmed process is not counted against the resources, which never cover the whole machine. Small machines have no room for one. */
    private static final long MIN_MEBIBYTES_TO_PREWARM = 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stateChanged = lock.newCondition();
    private final LocalResources resources;
    private final Notices notices;
    private final LongSupplier nanoTime;
    private final ResourcePool pool;
    private final Map<RunId, Run> runs = new HashMap<>();
    private final List<LocalAttempt> pending = new ArrayList<>();
    private final List<LocalAttempt> started = new ArrayList<>();
    private @Nullable PrewarmRequest prewarmRequest;
    private boolean closed;

    /** @param nanoTime monotonic time, as of {@link System#nanoTime} */
    AttemptQueue(LocalResources resources, Notices notices, LongSupplier nanoTime) {
        this.resources = resources;
        this.notices = notices;
        this.nanoTime = nanoTime;
        this.pool = new ResourcePool(resources);
    }

    void add(RunId run, List<AttemptRequest> requests) {
        List<ResourceAllocation> allocations = requests.stream()
                .map(request -> ResourceAllocation.of(request, resources))
                .toList();
        boolean warn = locked(() -> {
            if (closed) {
                throw new IllegalStateException("the platform is closed");
            }
            Run state = run(run);
            for (int i = 0; i < requests.size(); i++) {
                LocalAttempt attempt = new LocalAttempt(run, requests.get(i), allocations.get(i));
                if (state.attempts.putIfAbsent(attempt.id(), attempt) != null) {
                    throw new IllegalArgumentException("attempt " + attempt.id() + " was already submitted");
                }
                pending.add(attempt);
            }
            changed(run);
            return shouldWarnOfCap(state, allocations);
        });
        if (warn) {
            notices.notice(ResourceAllocation.capWarning(allocations, resources));
        }
    }

    private static boolean shouldWarnOfCap(Run run, List<ResourceAllocation> allocations) {
        boolean warn = !run.capWarned && allocations.stream().anyMatch(ResourceAllocation::isCapped);
        run.capWarned |= warn;
        return warn;
    }

    void prewarm(RunId run, AttemptRequest next) {
        PrewarmRequest request = new PrewarmRequest(run, next, ResourceAllocation.of(next, resources));
        locked(() -> prewarmRequest = request);
    }

    /** The next attempt that can start now. Its resources are allocated until {@link #end}. */
    Optional<LocalAttempt> startNext() {
        return locked(() -> {
            Optional<LocalAttempt> next = closed
                    ? Optional.empty()
                    : pending.stream()
                            .filter(attempt ->
                                    pool.pendingReason(attempt.allocation()).isEmpty())
                            .findFirst();
            next.ifPresent(attempt -> {
                pending.remove(attempt);
                started.add(attempt);
                pool.acquire(attempt.allocation());
            });
            return next;
        });
    }

    /** The attempt to prewarm a process for; empty if none is announced or the machine is too small. */
    Optional<PrewarmRequest> nextToPrewarm() {
        return locked(() -> {
            if (closed || resources.memoryMebibytes() < MIN_MEBIBYTES_TO_PREWARM) {
                return Optional.empty();
            }
            return pending.stream()
                    .findFirst()
                    .map(attempt -> new PrewarmRequest(attempt.run(), attempt.request(), attempt.allocation()))
                    .or(() -> Optional.ofNullable(prewarmRequest).filter(request -> !isSubmitted(request)));
        });
    }

    private boolean isSubmitted(PrewarmRequest request) {
        return run(request.run()).attempts.containsKey(request.request().attempt());
    }

    void running(LocalAttempt attempt, StepChild child, Instant now) {
        locked(() -> {
            attempt.start(child, now, nanoTime.getAsLong());
            changed(attempt.run());
            return null;
        });
    }

    /** Ends a started attempt; the outcome may depend on whether it was cancelled. */
    void end(
            LocalAttempt attempt,
            Function<Boolean, StepOutcome> outcomeOf,
            Optional<Diagnosis> diagnosis,
            Instant now) {
        boolean cancelled = locked(attempt::isCancelled);
        StepOutcome outcome = outcomeOf.apply(cancelled);
        locked(() -> {
            attempt.end(outcome, diagnosis.orElse(null), now);
            started.remove(attempt);
            pool.release(attempt.allocation());
            changed(attempt.run());
            return null;
        });
    }

    /** Pending attempts end at once, started ones when their processes end. */
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
            attempt.end(new StepOutcome.Cancelled(), null, now);
            changed(attempt.run());
        }
    }

    /** Cancels all attempts and starts no more. */
    void close(Instant now) {
        locked(() -> {
            closed = true;
            prewarmRequest = null;
            List.copyOf(pending).forEach(attempt -> cancel(attempt, now));
            List.copyOf(started).forEach(attempt -> cancel(attempt, now));
            return null;
        });
    }

    void awaitAllEnded() throws InterruptedException {
        lock.lock();
        try {
            while (!started.isEmpty()) {
                stateChanged.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Attaches attempts submitted by other runners. Those still running in a living runner are tracked; the others are lost. */
    void attach(RunId run, Collection<AttemptId> submitted, Map<AttemptId, ProcessTable.Entry> running, Instant now) {
        locked(() -> {
            Run state = run(run);
            state.attached.clear();
            for (AttemptId id : submitted) {
                if (!state.attempts.containsKey(id)) {
                    state.attached.put(id, attachedStatus(id, Optional.ofNullable(running.get(id)), now));
                }
            }
            changed(run);
            return null;
        });
    }

    private static AttemptStatus attachedStatus(AttemptId id, Optional<ProcessTable.Entry> running, Instant now) {
        return running.map(entry -> new AttemptStatus(id, entry.since(), null, null, ""))
                .orElseGet(() -> new AttemptStatus(
                        id, null, now, new StepOutcome.Lost("the runner that started it has ended"), ""));
    }

    /** Makes {@link #awaitChange} wait for a later change. */
    void acknowledgeChanges(RunId run) {
        locked(() -> run(run).changed = false);
    }

    List<AttemptStatus> statuses(RunId run) {
        return locked(() -> {
            Run state = run(run);
            List<AttemptStatus> statuses = new ArrayList<>(state.attached.values());
            state.attempts.values().forEach(attempt -> statuses.add(attempt.status(pendingReason(attempt))));
            return statuses;
        });
    }

    /** Whether the attempt runs a Python program; false for those of other runners. */
    boolean isPython(RunId run, AttemptId attempt) {
        return locked(() -> Optional.ofNullable(run(run).attempts.get(attempt))
                .filter(known -> known.request().sparkSubmit().isPython())
                .isPresent());
    }

    /** How long a process of this runner has been running; empty for those of other runners. */
    Optional<Duration> runningTime(RunId run, AttemptId attempt) {
        return locked(() -> Optional.ofNullable(run(run).attempts.get(attempt))
                .map(known -> known.runningTime(nanoTime.getAsLong())));
    }

    /** Why the attempt failed, as its log says; known when it has ended. */
    Optional<Diagnosis> diagnosis(RunId run, AttemptId attempt) {
        return locked(() -> Optional.ofNullable(run(run).attempts.get(attempt)).flatMap(LocalAttempt::diagnosis));
    }

    private String pendingReason(LocalAttempt attempt) {
        return pool.pendingReason(attempt.allocation());
    }

    void awaitChange(RunId run, Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long nanos = timeout.toNanos();
            while (!run(run).changed && nanos > 0) {
                nanos = stateChanged.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private Run run(RunId id) {
        return runs.computeIfAbsent(id, key -> new Run());
    }

    private void changed(RunId run) {
        run(run).changed = true;
        stateChanged.signalAll();
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
