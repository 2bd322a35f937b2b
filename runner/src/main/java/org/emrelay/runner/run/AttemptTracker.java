package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.platform.StepOutcome;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.run.Event.AttemptCancelled;
import org.emrelay.runner.run.Event.AttemptFailed;
import org.emrelay.runner.run.Event.AttemptLost;
import org.emrelay.runner.run.Event.AttemptStarted;
import org.emrelay.runner.run.Event.AttemptSucceeded;
import org.emrelay.runner.run.Event.AttemptTimedOut;
import org.emrelay.runner.run.Event.AttemptWithdrawn;
import org.emrelay.runner.run.Event.StepFailed;
import org.jspecify.annotations.Nullable;

/** Turns attempt statuses into events, and tracks which attempts are being stopped and why. */
final class AttemptTracker {
    /**
     * How long a step ended by SIGINT does not count as failed: the runner's own SIGINT may arrive a moment later.
     */
    static final Duration SIGNAL_GRACE = Duration.ofMillis(500);

    static final String INTERRUPTED = "interrupted";
    static final String OVER_LIMIT = "the run reached its spending limit";
    private static final String DEPENDENCY_TIMED_OUT = "its dependency timed out";

    private final Run run;
    private final Platform platform;
    private final StepGraph graph;
    private final Outputs outputs;
    private final Clock clock;
    private final Notices notices;
    private final Map<AttemptId, String> stopReasons = new HashMap<>();
    private final Map<AttemptId, Duration> exceededTimeouts = new HashMap<>();
    private final Map<AttemptId, Instant> signalledSince = new HashMap<>();
    /** The outputs of the attempts that have just ended, measured in parallel. */
    private final Map<AttemptId, Outputs.Measurement> measurements = new ConcurrentHashMap<>();

    AttemptTracker(Run run, Platform platform, StepGraph graph, Outputs outputs, Clock clock, Notices notices) {
        this.notices = notices;
        this.run = run;
        this.platform = platform;
        this.graph = graph;
        this.outputs = outputs;
        this.clock = clock;
    }

    /** Returns the events for changed statuses. Attempts whose end is already recorded are ignored. */
    List<Event> newEvents(List<AttemptStatus> statuses, RunState state, boolean interrupted) throws IOException {
        measureOutputs(statuses, state);
        List<Event> events = new ArrayList<>();
        for (AttemptStatus status : statuses) {
            if (state.isActive(status.attempt())) {
                events.addAll(newEvents(status, state, interrupted));
            }
        }
        return events;
    }

    private void measureOutputs(List<AttemptStatus> statuses, RunState state) throws IOException {
        RunUris uris = new RunUris(run, state, platform.workspace());
        List<Workspace.IoTask> measurementTasks = new ArrayList<>();
        measurements.clear();
        for (AttemptStatus status : statuses) {
            AttemptId attempt = status.attempt();
            StepOutcome outcome = status.outcome();
            if (state.isActive(attempt) && outcome != null && !(outcome instanceof StepOutcome.Withdrawn)) {
                PlannedStep step = graph.step(attempt.step());
                String uri = uris.outputUri(attempt.step());
                measurementTasks.add(() -> {
                    boolean isComplete = outcome instanceof StepOutcome.Succeeded && measure(attempt, step, uri);
                    // After a failure, only what replaced earlier results is certainly the attempt's.
                    if (isComplete || step.output().overwrite() != Overwrite.NONE) {
                        mark(step, uri);
                    }
                });
            }
        }
        if (!measurementTasks.isEmpty()) {
            platform.workspace().inParallel(measurementTasks);
        }
    }

    /** Returns whether the output is complete. */
    private boolean measure(AttemptId attempt, PlannedStep step, String uri) {
        Outputs.Measurement measurement = outputs.measure(step, uri);
        measurements.put(attempt, measurement);
        return measurement.problem().isEmpty();
    }

    private void mark(PlannedStep step, String uri) {
        try {
            outputs.mark(step, uri);
        } catch (IOException exception) {
            notices.warn(
                    "The output of step " + step.name() + " could not be marked, so that later runs will not replace"
                            + " it: " + Outputs.describe(exception));
        }
    }

    private List<Event> newEvents(AttemptStatus status, RunState state, boolean interrupted) {
        AttemptId attempt = status.attempt();
        List<Event> events = new ArrayList<>();
        if (status.started() != null && state.phase(attempt.step()) == StepPhase.SUBMITTED) {
            events.add(new AttemptStarted(status.started(), attempt, status.step()));
        }
        StepOutcome outcome = status.outcome();
        if (outcome != null && !awaitsSignal(attempt, outcome, interrupted)) {
            Instant ended = Objects.requireNonNullElseGet(status.ended(), clock::instant);
            events.addAll(ended(status, outcome, ended));
        }
        return events;
    }

    /** Ctrl-C sends SIGINT to both the step and the runner, in any order. */
    private boolean awaitsSignal(AttemptId attempt, StepOutcome outcome, boolean interrupted) {
        boolean bySignal = outcome instanceof StepOutcome.Interrupted
                && !stopReasons.containsKey(attempt)
                && !exceededTimeouts.containsKey(attempt);
        if (!bySignal) {
            return false;
        } else if (interrupted) {
            stopReasons.put(attempt, INTERRUPTED);
            return false;
        }
        Instant now = clock.instant();
        return now.isBefore(signalledSince.computeIfAbsent(attempt, key -> now).plus(SIGNAL_GRACE));
    }

    private List<Event> ended(AttemptStatus status, StepOutcome outcome, Instant time) {
        AttemptId attempt = status.attempt();
        String log = status.step().log();
        if (outcome instanceof StepOutcome.Succeeded succeeded) {
            return List.of(succeeded(attempt, succeeded, time, log));
        } else if (outcome instanceof StepOutcome.Withdrawn) {
            return List.of(new AttemptWithdrawn(time, attempt));
        }
        Duration timeout = exceededTimeouts.get(attempt);
        if (timeout != null) {
            String reason = "timed out after " + text(timeout);
            return List.of(new AttemptTimedOut(time, attempt, Failure.of(reason, "", log)));
        }
        String stopReason = stopReasons.get(attempt);
        if (stopReason != null) {
            return List.of(new AttemptCancelled(time, attempt, stopReason));
        } else if (outcome instanceof StepOutcome.Lost lost) {
            return List.of(new AttemptLost(time, attempt, lost.reason()));
        } else if (outcome instanceof StepOutcome.Failed failed) {
            return List.of(new AttemptFailed(time, attempt, failure(attempt, failed.reason(), log)));
        } else if (outcome instanceof StepOutcome.Interrupted interrupted) {
            return List.of(new AttemptFailed(time, attempt, failure(attempt, interrupted.reason(), log)));
        }
        String reason = "cancelled outside the runner";
        return List.of(new AttemptCancelled(time, attempt, reason), new StepFailed(time, attempt.step(), reason, ""));
    }

    private Event succeeded(AttemptId attempt, StepOutcome.Succeeded outcome, Instant time, String log) {
        Outputs.Measurement found = Objects.requireNonNull(measurements.get(attempt), "output not measured");
        if (found.problem().isEmpty() && found.summary() == null && writesOutput(graph.step(attempt.step()))) {
            notices.warn("Step '" + attempt.step() + "' succeeded but wrote nothing to its output.");
        }
        return found.problem().isEmpty()
                ? new AttemptSucceeded(time, attempt, found.summary(), outcome.rows())
                : new AttemptFailed(time, attempt, Failure.of(found.problem(), "", log));
    }

    /** A step may write elsewhere instead, if it says so. Of the legacy form, it is not known. */
    private static boolean writesOutput(PlannedStep step) {
        return !(step.output().destination() instanceof Output.WorkspacePath)
                && step.output().writes().isEmpty();
    }

    private Failure failure(AttemptId attempt, String reason, String log) {
        Failure failure = Failure.of(reason, "", log);
        return platform.diagnose(run.id(), attempt).map(failure::withDiagnosis).orElse(failure);
    }

    private static String text(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    /** Reattaches to the attempts of a previous executor. Attempts that the platform does not find are lost. */
    List<Event> resume(RunState state) throws IOException {
        List<AttemptId> submitted = state.active();
        if (submitted.isEmpty()) {
            return List.of();
        }
        List<Event> events = new ArrayList<>();
        Map<AttemptId, AttemptStatus> found = new HashMap<>();
        platform.attach(run.id(), submitted).forEach(status -> found.put(status.attempt(), status));
        measureOutputs(List.copyOf(found.values()), state);
        for (AttemptId attempt : submitted) {
            AttemptStatus status = found.get(attempt);
            if (status == null) {
                events.add(new AttemptLost(clock.instant(), attempt, "the platform does not know this attempt"));
            } else if (status.outcome() instanceof StepOutcome.Cancelled) {
                Instant ended = Objects.requireNonNullElseGet(status.ended(), clock::instant);
                events.add(new AttemptCancelled(ended, attempt, "cancelled while no runner was attached"));
            } else {
                events.addAll(newEvents(status, state, false));
            }
        }
        return events;
    }

    /** Requests the cancellation of attempts, once each. The first reason is the one reported. */
    void stop(Collection<StepName> steps, RunState state, String reason) {
        List<AttemptId> stopping = new ArrayList<>();
        for (StepName step : steps) {
            AttemptId attempt = state.currentAttempt(step);
            if (!exceededTimeouts.containsKey(attempt) && stopReasons.putIfAbsent(attempt, reason) == null) {
                stopping.add(attempt);
            }
        }
        cancel(stopping);
    }

    /** Whether the step's attempt is being stopped. It may still succeed or fail first. */
    boolean isStopping(StepName step, RunState state) {
        AttemptId attempt = state.currentAttempt(step);
        return stopReasons.containsKey(attempt) || exceededTimeouts.containsKey(attempt);
    }

    /**
     * Stops attempts that exceed their timeout and, in the same call, their queued dependents: a platform starts
     * the next attempt when one is cancelled.
     */
    void stopOverdue(RunState state) {
        List<AttemptId> stopping = new ArrayList<>();
        for (AttemptId attempt : state.active()) {
            Duration timeout = graph.step(attempt.step()).failurePolicy().timeout();
            Duration left = untilTimeout(attempt, state, timeout);
            if (timeout != null && left != null && !isPositive(left) && !stopReasons.containsKey(attempt)) {
                if (exceededTimeouts.putIfAbsent(attempt, timeout) == null) {
                    stopping.add(attempt);
                }
            }
        }
        Set<StepName> overdue = stopping.stream().map(AttemptId::step).collect(Collectors.toSet());
        for (AttemptId attempt : state.active()) {
            boolean isDownstream = graph.withDownstream(overdue).contains(attempt.step());
            if (isDownstream
                    && !overdue.contains(attempt.step())
                    && stopReasons.putIfAbsent(attempt, DEPENDENCY_TIMED_OUT) == null) {
                stopping.add(attempt);
            }
        }
        cancel(stopping);
    }

    /** The time until the next timeout, limited to {@code max}. */
    Duration untilNextDeadline(RunState state, Duration max) {
        Duration shortest = max;
        for (AttemptId attempt : state.active()) {
            Duration timeout = graph.step(attempt.step()).failurePolicy().timeout();
            Duration left = untilTimeout(attempt, state, timeout);
            if (left != null && isPositive(left) && left.compareTo(shortest) < 0) {
                shortest = left;
            }
        }
        return shortest;
    }

    private @Nullable Duration untilTimeout(AttemptId attempt, RunState state, @Nullable Duration timeout) {
        Instant started = state.step(attempt.step()).started();
        return started == null || timeout == null
                ? null
                : timeout.minus(platform.runningTime(run.id(), attempt, started));
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private void cancel(List<AttemptId> attempts) {
        if (!attempts.isEmpty()) {
            platform.cancel(run.id(), attempts);
        }
    }
}
