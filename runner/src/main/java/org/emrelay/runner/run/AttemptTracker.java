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
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.platform.StepOutcome;
import org.emrelay.runner.run.Event.AttemptCancelled;
import org.emrelay.runner.run.Event.AttemptFailed;
import org.emrelay.runner.run.Event.AttemptLost;
import org.emrelay.runner.run.Event.AttemptStarted;
import org.emrelay.runner.run.Event.AttemptSucceeded;
import org.emrelay.runner.run.Event.AttemptTimedOut;
import org.emrelay.runner.run.Event.AttemptWithdrawn;
import org.emrelay.runner.run.Event.StepFailed;
import org.jspecify.annotations.Nullable;

/** Turns what a platform tells of attempts into events, and remembers which of them were asked to stop, and why. */
final class AttemptTracker {
    /** How long a step that ended as by Ctrl-C is looked at before it counts as failed: the runner's own signal may be on its way. */
    static final Duration SIGNAL_GRACE = Duration.ofMillis(500);

    static final String INTERRUPTED = "interrupted";
    private static final String BEHIND = "what it needs timed out";
    private static final String BY_SIGNAL = "exit code 130";

    private final Run run;
    private final Platform platform;
    private final StepGraph graph;
    private final Outputs outputs;
    private final Clock clock;
    private final Map<AttemptId, String> stopped = new HashMap<>();
    private final Map<AttemptId, Duration> timedOut = new HashMap<>();
    private final Map<AttemptId, Instant> signalled = new HashMap<>();
    /** What was found at the outputs of those that have just ended, looked at together. */
    private final Map<AttemptId, Outputs.Measured> measured = new ConcurrentHashMap<>();

    AttemptTracker(Run run, Platform platform, StepGraph graph, Outputs outputs, Clock clock) {
        this.run = run;
        this.platform = platform;
        this.graph = graph;
        this.outputs = outputs;
        this.clock = clock;
    }

    /** What is new among these statuses; those of attempts that have ended before say nothing. */
    List<Event> news(List<AttemptStatus> statuses, RunState state, boolean interrupted) throws IOException {
        lookTogether(statuses, state);
        List<Event> events = new ArrayList<>();
        for (AttemptStatus status : statuses) {
            if (state.isActive(status.attempt())) {
                events.addAll(news(status, state, interrupted));
            }
        }
        return events;
    }

    private void lookTogether(List<AttemptStatus> statuses, RunState state) throws IOException {
        RunUris places = new RunUris(run, state, platform.workspace());
        List<Runnable> looks = new ArrayList<>();
        measured.clear();
        for (AttemptStatus status : statuses) {
            AttemptId attempt = status.attempt();
            if (state.isActive(attempt) && status.outcome() instanceof StepOutcome.Succeeded) {
                String uri = places.outputOf(attempt.step());
                looks.add(() -> measured.put(attempt, outputs.measure(graph.step(attempt.step()), uri)));
            }
        }
        if (!looks.isEmpty()) {
            platform.workspace().sideBySide(looks);
        }
    }

    private List<Event> news(AttemptStatus status, RunState state, boolean interrupted) {
        AttemptId attempt = status.attempt();
        List<Event> events = new ArrayList<>();
        if (status.started() != null && state.phase(attempt.step()) == StepPhase.SUBMITTED) {
            events.add(new AttemptStarted(status.started(), attempt));
        }
        StepOutcome outcome = status.outcome();
        if (outcome != null && !waitsForSignal(attempt, outcome, interrupted)) {
            Instant ended = Objects.requireNonNullElseGet(status.ended(), clock::instant);
            events.addAll(ended(attempt, outcome, ended));
        }
        return events;
    }

    /** Ctrl-C reaches the step and the runner alike, in any order. */
    private boolean waitsForSignal(AttemptId attempt, StepOutcome outcome, boolean interrupted) {
        boolean bySignal = outcome instanceof StepOutcome.Failed failed
                && failed.reason().equals(BY_SIGNAL)
                && !stopped.containsKey(attempt)
                && !timedOut.containsKey(attempt);
        if (!bySignal) {
            return false;
        } else if (interrupted) {
            stopped.put(attempt, INTERRUPTED);
            return false;
        }
        Instant now = clock.instant();
        return now.isBefore(signalled.computeIfAbsent(attempt, key -> now).plus(SIGNAL_GRACE));
    }

    private List<Event> ended(AttemptId attempt, StepOutcome outcome, Instant time) {
        if (outcome instanceof StepOutcome.Succeeded succeeded) {
            return List.of(succeeded(attempt, succeeded, time));
        } else if (outcome instanceof StepOutcome.Withdrawn) {
            return List.of(new AttemptWithdrawn(time, attempt));
        }
        Duration limit = timedOut.get(attempt);
        if (limit != null) {
            String reason = "timed out after " + text(limit);
            return List.of(new AttemptTimedOut(time, attempt, Failure.of(reason, "", log(attempt))));
        }
        String stop = stopped.get(attempt);
        if (stop != null) {
            return List.of(new AttemptCancelled(time, attempt, stop));
        } else if (outcome instanceof StepOutcome.Lost lost) {
            return List.of(new AttemptLost(time, attempt, lost.reason()));
        } else if (outcome instanceof StepOutcome.Failed failed) {
            return List.of(new AttemptFailed(time, attempt, failure(attempt, failed.reason())));
        }
        String reason = "was cancelled from outside";
        return List.of(new AttemptCancelled(time, attempt, reason), new StepFailed(time, attempt.step(), reason, ""));
    }

    private Event succeeded(AttemptId attempt, StepOutcome.Succeeded outcome, Instant time) {
        Outputs.Measured found = Objects.requireNonNull(measured.get(attempt), "not looked at");
        return found.wrong().isEmpty()
                ? new AttemptSucceeded(time, attempt, found.summary(), outcome.rows())
                : new AttemptFailed(time, attempt, Failure.of(found.wrong(), "", log(attempt)));
    }

    private Failure failure(AttemptId attempt, String reason) {
        return platform.diagnose(run.id(), attempt)
                .map(diagnosis -> Failure.diagnosed(reason, diagnosis, log(attempt)))
                .orElseGet(() -> Failure.of(reason, "", log(attempt)));
    }

    private String log(AttemptId attempt) {
        return platform.log(run.id(), attempt);
    }

    private static String text(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    /** What an earlier executor had handed over: what is found again is watched on, the rest is lost. */
    List<Event> takeUp(RunState state) throws IOException {
        List<AttemptId> submitted = state.active();
        if (submitted.isEmpty()) {
            return List.of();
        }
        List<Event> events = new ArrayList<>();
        Map<AttemptId, AttemptStatus> found = new HashMap<>();
        platform.attach(run.id(), submitted).forEach(status -> found.put(status.attempt(), status));
        lookTogether(List.copyOf(found.values()), state);
        for (AttemptId attempt : submitted) {
            AttemptStatus status = found.get(attempt);
            if (status == null) {
                events.add(new AttemptLost(clock.instant(), attempt, "the platform knows nothing of it"));
            } else if (status.outcome() instanceof StepOutcome.Cancelled) {
                Instant ended = Objects.requireNonNullElseGet(status.ended(), clock::instant);
                events.add(new AttemptCancelled(ended, attempt, "was cancelled while no runner watched"));
            } else {
                events.addAll(news(status, state, false));
            }
        }
        return events;
    }

    /** Asks for attempts to be stopped, once each; what is to be told of them is the first reason. */
    void stop(Collection<StepName> steps, RunState state, String reason) {
        List<AttemptId> stopping = new ArrayList<>();
        for (StepName step : steps) {
            AttemptId attempt = new AttemptId(step, state.step(step).attempts());
            if (!timedOut.containsKey(attempt) && stopped.putIfAbsent(attempt, reason) == null) {
                stopping.add(attempt);
            }
        }
        cancel(stopping);
    }

    /** Whether an attempt at the step was asked to stop: it may still end as if it was not. */
    boolean isStopping(StepName step, RunState state) {
        AttemptId attempt = new AttemptId(step, state.step(step).attempts());
        return stopped.containsKey(attempt) || timedOut.containsKey(attempt);
    }

    /**
     * Stops what has run for too long and, in one breath, what was handed over behind it and needs it: a platform starts the next attempt when one is
     * cancelled.
     */
    void stopOverdue(RunState state) {
        Instant now = clock.instant();
        List<AttemptId> stopping = new ArrayList<>();
        for (AttemptId attempt : state.active()) {
            Duration limit = graph.step(attempt.step()).failurePolicy().timeout();
            Instant due = due(attempt.step(), state, limit);
            if (limit != null && due != null && !now.isBefore(due) && !stopped.containsKey(attempt)) {
                if (timedOut.putIfAbsent(attempt, limit) == null) {
                    stopping.add(attempt);
                }
            }
        }
        Set<StepName> overdue = stopping.stream().map(AttemptId::step).collect(Collectors.toSet());
        for (AttemptId attempt : state.active()) {
            boolean below = graph.withAllBelow(overdue).contains(attempt.step());
            if (below && !overdue.contains(attempt.step()) && stopped.putIfAbsent(attempt, BEHIND) == null) {
                stopping.add(attempt);
            }
        }
        cancel(stopping);
    }

    /** How long nothing becomes overdue, but no longer than this. */
    Duration untilNextDue(RunState state, Duration atMost) {
        Instant now = clock.instant();
        Duration shortest = atMost;
        for (AttemptId attempt : state.active()) {
            Instant due = due(
                    attempt.step(),
                    state,
                    graph.step(attempt.step()).failurePolicy().timeout());
            if (due != null && due.isAfter(now) && Duration.between(now, due).compareTo(shortest) < 0) {
                shortest = Duration.between(now, due);
            }
        }
        return shortest;
    }

    private static @Nullable Instant due(StepName step, RunState state, @Nullable Duration limit) {
        Instant started = state.step(step).started();
        return started == null || limit == null ? null : started.plus(limit);
    }

    private void cancel(List<AttemptId> attempts) {
        if (!attempts.isEmpty()) {
            platform.cancel(run.id(), attempts);
        }
    }
}
