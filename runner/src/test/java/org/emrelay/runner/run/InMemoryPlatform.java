package org.emrelay.runner.run;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.InstanceChange;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.platform.StepOutcome;
import org.emrelay.runner.platform.SubmissionMode;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory platform with scripted attempts that end in the order the test chooses. Time passes only in
 * {@link #awaitChange}.
 */
public final class InMemoryPlatform implements Platform {
    private static final int MAX_WAITS = 10_000;

    final InMemoryWorkspace workspace = new InMemoryWorkspace();
    final List<AttemptId> submitted = new ArrayList<>();
    final List<AttemptId> cancelled = new ArrayList<>();
    final List<AttemptId> prewarmed = new ArrayList<>();
    final Map<AttemptId, List<String>> commands = new HashMap<>();
    private final FakeClock clock;
    private final Map<StepName, List<AttemptScript>> scripts = new HashMap<>();
    private final Map<RunId, Map<AttemptId, InMemoryAttempt>> runs = new HashMap<>();
    private Choices choices;
    /** How long the machine slept, and the attempts with it. */
    Duration asleep = Duration.ZERO;

    final List<InstanceChange> instanceChanges = new ArrayList<>();
    private @Nullable Cost cost;
    private int waits;
    private SubmissionMode submissionMode = SubmissionMode.CONCURRENT;
    private boolean countStartedOnly;
    private int capacity = Integer.MAX_VALUE;
    private Consumer<AttemptRequest> onStart = request -> {};
    private Runnable onWait = () -> {};
    private @Nullable Iterator<Set<AttemptId>> polls;
    private Predicate<AttemptId> mayStart = attempt -> true;

    InMemoryPlatform(FakeClock clock, Choices choices) {
        this.clock = clock;
        this.choices = choices;
    }

    /** A platform whose attempts all succeed. */
    public static InMemoryPlatform succeeding() {
        return new InMemoryPlatform(new FakeClock(), Choices.first());
    }

    /** Scripts the attempts of a step in order. Further attempts repeat the last script. Unscripted steps succeed. */
    InMemoryPlatform script(String step, AttemptScript... scripts) {
        this.scripts.put(new StepName(step), List.of(scripts));
        return this;
    }

    InMemoryPlatform capacity(int max) {
        capacity = max;
        return this;
    }

    /** Runs attempts one at a time in order of submission, as EMR does, and accepts this many active attempts. */
    InMemoryPlatform sequential(int maxActive) {
        submissionMode = new SubmissionMode(true, maxActive, SubmissionMode.CONCURRENT.pollInterval());
        return countStartedOnly().capacity(1);
    }

    /** Attempts that never start do not consume a script of their step. */
    InMemoryPlatform countStartedOnly() {
        countStartedOnly = true;
        return this;
    }

    @Override
    public SubmissionMode submissionMode() {
        return submissionMode;
    }

    InMemoryPlatform onStart(Consumer<AttemptRequest> check) {
        onStart = check;
        return this;
    }

    InMemoryPlatform onWait(Runnable action) {
        onWait = action;
        return this;
    }

    /**
     * Replays another platform: attempts end in the same order, those of one poll together, and only the attempts
     * started there start.
     */
    void replayEndings(List<Set<AttemptId>> ended, Set<AttemptId> started) {
        polls = ended.iterator();
        mayStart = started::contains;
    }

    void choices(Choices next) {
        choices = next;
    }

    private Map<AttemptId, InMemoryAttempt> attempts(RunId run) {
        return runs.computeIfAbsent(run, key -> new LinkedHashMap<>());
    }

    private List<InMemoryAttempt> all() {
        return runs.values().stream()
                .flatMap(attempts -> attempts.values().stream())
                .toList();
    }

    /** Simulates the death of the runner together with its child processes. */
    void killRunning() {
        for (InMemoryAttempt attempt : all()) {
            if (attempt.outcome == null) {
                end(attempt, new StepOutcome.Lost("the runner was killed"));
            }
        }
    }

    /** Makes up to this many changes without a runner. */
    void advance(int changes) {
        for (int change = 0; change < changes && all().stream().anyMatch(InMemoryAttempt::isRunning); change++) {
            awaitChange(new RunId("none"), Duration.ZERO);
        }
    }

    /** Whether an attempt of the step has succeeded, even if the engine does not know it yet. */
    boolean hasSucceeded(StepName step) {
        return all().stream()
                .anyMatch(attempt -> attempt.request.attempt().step().equals(step)
                        && attempt.outcome instanceof StepOutcome.Succeeded);
    }

    @Override
    public InMemoryWorkspace workspace() {
        return workspace;
    }

    @Override
    public void submit(RunId run, List<AttemptRequest> requests) {
        if (running().size() + requests.size() > submissionMode.maxActive()) {
            throw new IllegalStateException("more than " + submissionMode.maxActive() + " at once");
        }
        for (AttemptRequest request : requests) {
            List<AttemptScript> stepScripts =
                    scripts.getOrDefault(request.attempt().step(), List.of(AttemptScript.SUCCEED));
            int before = countStartedOnly
                    ? startedCount(run, request.attempt().step())
                    : request.attempt().number() - 1;
            AttemptScript attemptScript = stepScripts.get(Math.min(before, stepScripts.size() - 1));
            if (attempts(run).put(request.attempt(), new InMemoryAttempt(request, attemptScript)) != null) {
                throw new IllegalStateException("submitted twice: " + request.attempt());
            }
            submitted.add(request.attempt());
            commands.put(
                    request.attempt(),
                    request.sparkSubmit().arguments().stream()
                            .map(argument -> argument.resolve(request.uris()))
                            .toList());
        }
        startWaiting();
    }

    private int startedCount(RunId run, StepName step) {
        return (int) attempts(run).values().stream()
                .filter(attempt -> attempt.request.attempt().step().equals(step))
                .filter(attempt -> attempt.started != null)
                .count();
    }

    private void startWaiting() {
        long running = all().stream().filter(InMemoryAttempt::isRunning).count();
        for (InMemoryAttempt attempt : all()) {
            if (attempt.started == null
                    && attempt.outcome == null
                    && attempt.script != AttemptScript.NEVER_START
                    && mayStart.test(attempt.request.attempt())
                    && running < capacity) {
                attempt.started = clock.instant();
                onStart.accept(attempt.request);
                running++;
            }
        }
    }

    @Override
    public void prewarm(RunId run, AttemptRequest next) {
        prewarmed.add(next.attempt());
    }

    @Override
    public void refresh(RunId run) {}

    @Override
    public List<AttemptStatus> statuses(RunId run) {
        return attempts(run).values().stream()
                .map(attempt -> attempt.status(run))
                .toList();
    }

    @Override
    public Duration runningTime(RunId run, AttemptId attempt, Instant started) {
        return Duration.between(started, clock.instant()).minus(asleep);
    }

    @Override
    public void awaitChange(RunId run, Duration timeout) {
        if (++waits > MAX_WAITS) {
            throw new IllegalStateException("the run does not end: " + statuses(run));
        }
        onWait.run();
        List<Runnable> possible = new ArrayList<>();
        boolean stopped = false;
        boolean hangs = false;
        for (InMemoryAttempt attempt : all()) {
            if (attempt.outcome == null && attempt.stopping) {
                stop(attempt);
                stopped = true;
            } else if (attempt.isRunning()
                    && (attempt.script == AttemptScript.HANG || attempt.script == AttemptScript.SUCCEED_WHEN_STOPPED)) {
                hangs = true;
            } else if (attempt.isRunning()) {
                possible.add(() -> complete(attempt));
            }
        }
        if (!stopped && polls != null) {
            clock.advance(Duration.ofSeconds(1));
            replay(polls.next());
        } else if (!stopped) {
            clock.advance(Duration.ofSeconds(1));
            if (hangs || possible.isEmpty()) {
                possible.add(() -> clock.advance(Duration.ofHours(1)));
            }
            possible.get(choices.pick(possible.size())).run();
        }
        startWaiting();
    }

    private void replay(Set<AttemptId> ended) {
        for (AttemptId id : ended) {
            InMemoryAttempt attempt = all().stream()
                    .filter(candidate ->
                            candidate.isRunning() && candidate.request.attempt().equals(id))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalStateException(id + " ended on the other platform but is not running here"));
            if (attempt.script == AttemptScript.HANG) {
                clock.advance(Duration.ofHours(1));
            } else {
                complete(attempt);
                startWaiting();
            }
        }
    }

    private void stop(InMemoryAttempt attempt) {
        if (attempt.script == AttemptScript.SUCCEED_WHEN_STOPPED) {
            complete(attempt);
            return;
        }
        boolean ran = attempt.isRunning();
        end(attempt, new StepOutcome.Cancelled());
        if (submissionMode.sequential() && ran && attempt.request.onFailure() != OnAttemptFailure.CONTINUE) {
            withdrawWaiting();
        }
    }

    private void complete(InMemoryAttempt attempt) {
        String uri = attempt.request.uris().outputUri(attempt.request.attempt().step());
        switch (attempt.script) {
            case SUCCEED, SUCCEED_WHEN_STOPPED -> {
                AttemptId id = attempt.request.attempt();
                workspace.outputs.put(uri, new OutputSummary(1, 10, "by " + id));
                end(attempt, new StepOutcome.Succeeded(100L + id.number()));
            }
            case WRITE_PARTIALLY -> {
                workspace.partial.add(uri);
                end(attempt, new StepOutcome.Succeeded(null));
            }
            case WRITE_NOTHING -> end(attempt, new StepOutcome.Succeeded(null));
            case FAIL -> end(attempt, new StepOutcome.Failed("exit code 1"));
            case FAIL_WITH_SIGINT -> end(attempt, new StepOutcome.Interrupted("exit code 130"));
            case LOSE -> end(attempt, new StepOutcome.Lost("its node was terminated"));
            case CANCEL_EXTERNALLY -> end(attempt, new StepOutcome.Cancelled());
            case HANG, NEVER_START -> throw new IllegalStateException("does not end by itself");
        }
    }

    private void end(InMemoryAttempt attempt, StepOutcome outcome) {
        attempt.ended = clock.instant();
        attempt.outcome = outcome;
        boolean failed = outcome instanceof StepOutcome.Failed || outcome instanceof StepOutcome.Lost;
        if (submissionMode.sequential() && failed && attempt.request.onFailure() != OnAttemptFailure.CONTINUE) {
            withdrawWaiting();
        }
    }

    private void withdrawWaiting() {
        for (InMemoryAttempt attempt : all()) {
            if (attempt.started == null && attempt.outcome == null) {
                attempt.ended = clock.instant();
                attempt.outcome = attempt.stopping ? new StepOutcome.Cancelled() : new StepOutcome.Withdrawn();
            }
        }
    }

    @Override
    public void cancel(RunId run, Collection<AttemptId> requested) {
        for (AttemptId id : requested) {
            cancelled.add(id);
            InMemoryAttempt attempt = attempts(run).get(id);
            if (attempt != null) {
                attempt.stopping = true;
            }
        }
    }

    @Override
    public List<AttemptStatus> attach(RunId run, Collection<AttemptId> requested) {
        List<AttemptStatus> found = new ArrayList<>();
        for (AttemptId id : requested) {
            InMemoryAttempt attempt = attempts(run).get(id);
            if (attempt != null) {
                found.add(attempt.status(run));
            }
        }
        return found;
    }

    List<AttemptId> running() {
        return all().stream()
                .filter(attempt -> attempt.outcome == null)
                .map(attempt -> attempt.request.attempt())
                .toList();
    }

    @Override
    public Optional<Cost> cost() {
        return Optional.ofNullable(cost);
    }

    /** What the cluster has cost, from now on. */
    void costs(String dollars) {
        cost = new Cost(new BigDecimal(dollars), new BigDecimal(dollars), List.of(), true);
    }

    @Override
    public List<InstanceChange> takeInstanceChanges() {
        List<InstanceChange> taken = List.copyOf(instanceChanges);
        instanceChanges.clear();
        return taken;
    }

    @Override
    public Optional<Diagnosis> diagnose(RunId run, AttemptId attempt) {
        return Optional.of(new Diagnosis("Boom in " + attempt, "lines 1–2 of the log", "Fix it."));
    }

    @Override
    public void close() {}
}
