package org.emrelay.runner.run;

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
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.platform.StepOutcome;
import org.emrelay.runner.platform.SubmissionMode;
import org.jspecify.annotations.Nullable;

/** A platform on which every attempt does what the test says, in the order that the test chooses. Time passes only while it is waited for. */
public final class InMemoryPlatform implements Platform {
    private static final int MOST_WAITS = 10_000;

    final InMemoryWorkspace workspace = new InMemoryWorkspace();
    final List<AttemptId> submitted = new ArrayList<>();
    final List<AttemptId> cancelled = new ArrayList<>();
    final List<AttemptId> expected = new ArrayList<>();
    final Map<AttemptId, List<String>> commands = new HashMap<>();
    private final FakeClock clock;
    private final Map<StepName, List<AttemptScript>> script = new HashMap<>();
    private final Map<RunId, Map<AttemptId, Attempt>> runs = new HashMap<>();
    private Choices choices;
    private int waits;
    private SubmissionMode manner = SubmissionMode.AT_ONCE;
    private boolean playedByStarts;
    private int capacity = Integer.MAX_VALUE;
    private Consumer<AttemptRequest> onStart = launch -> {};
    private Runnable onWait = () -> {};
    private @Nullable Iterator<Set<AttemptId>> looks;
    private Predicate<AttemptId> mayStart = attempt -> true;

    private static final class Attempt {
        final AttemptRequest launch;
        final AttemptScript play;

        @Nullable
        Instant started;

        @Nullable
        Instant ended;

        @Nullable
        StepOutcome outcome;

        boolean stopping;

        Attempt(AttemptRequest launch, AttemptScript play) {
            this.launch = launch;
            this.play = play;
        }

        boolean runs() {
            return started != null && outcome == null;
        }

        AttemptStatus status() {
            return new AttemptStatus(launch.attempt(), started, ended, outcome, started == null ? "a free core" : "");
        }
    }

    InMemoryPlatform(FakeClock clock, Choices choices) {
        this.clock = clock;
        this.choices = choices;
    }

    /** The first attempt of a step does the first of these, and so on; those after the last do as the last. Unscripted steps succeed. */
    InMemoryPlatform script(String step, AttemptScript... plays) {
        script.put(new StepName(step), List.of(plays));
        return this;
    }

    InMemoryPlatform capacity(int most) {
        capacity = most;
        return this;
    }

    /** Runs attempts one at a time in the order in which they came, as EMR does, and takes so many at once. */
    InMemoryPlatform inOrder(int atMost) {
        manner = new SubmissionMode(true, atMost, SubmissionMode.AT_ONCE.tick());
        return playedByStarts().capacity(1);
    }

    /** What never started plays no part of its step's script. */
    InMemoryPlatform playedByStarts() {
        playedByStarts = true;
        return this;
    }

    @Override
    public SubmissionMode manner() {
        return manner;
    }

    InMemoryPlatform onStart(Consumer<AttemptRequest> check) {
        onStart = check;
        return this;
    }

    InMemoryPlatform onWait(Runnable action) {
        onWait = action;
        return this;
    }

    /** Lets attempts end in the order in which they were seen to end on another platform, those of one look together, and start only what started there. */
    void endsAsSeen(List<Set<AttemptId>> ended, Set<AttemptId> started) {
        looks = ended.iterator();
        mayStart = started::contains;
    }

    void choices(Choices next) {
        choices = next;
    }

    private Map<AttemptId, Attempt> of(RunId run) {
        return runs.computeIfAbsent(run, key -> new LinkedHashMap<>());
    }

    private List<Attempt> all() {
        return runs.values().stream()
                .flatMap(attempts -> attempts.values().stream())
                .toList();
    }

    /** The runner dies, and with it the processes that hang on it. */
    void crashWithChildren() {
        for (Attempt attempt : all()) {
            if (attempt.outcome == null) {
                end(attempt, new StepOutcome.Lost("the runner was killed"));
            }
        }
    }

    /** So much happens while nobody watches, as far as there is anything to happen. */
    void passBy(int changes) {
        for (int change = 0; change < changes && all().stream().anyMatch(Attempt::runs); change++) {
            awaitChange(new RunId("none"), Duration.ZERO);
        }
    }

    /** Whether an attempt at the step has ended well, whatever the engine knows of it by now. */
    boolean hasSucceeded(StepName step) {
        return all().stream()
                .anyMatch(attempt -> attempt.launch.attempt().step().equals(step)
                        && attempt.outcome instanceof StepOutcome.Succeeded);
    }

    @Override
    public InMemoryWorkspace workspace() {
        return workspace;
    }

    @Override
    public void submit(RunId run, List<AttemptRequest> launches) {
        if (running().size() + launches.size() > manner.atMost()) {
            throw new IllegalStateException("more than " + manner.atMost() + " at once");
        }
        for (AttemptRequest launch : launches) {
            List<AttemptScript> plays = script.getOrDefault(launch.attempt().step(), List.of(AttemptScript.SUCCEED));
            int before = playedByStarts
                    ? tried(run, launch.attempt().step())
                    : launch.attempt().number() - 1;
            AttemptScript play = plays.get(Math.min(before, plays.size() - 1));
            if (of(run).put(launch.attempt(), new Attempt(launch, play)) != null) {
                throw new IllegalStateException("submitted twice: " + launch.attempt());
            }
            submitted.add(launch.attempt());
            commands.put(
                    launch.attempt(),
                    launch.submission().arguments().stream()
                            .map(word -> word.text(launch.places()))
                            .toList());
        }
        startWhatFits();
    }

    private int tried(RunId run, StepName step) {
        return (int) of(run).values().stream()
                .filter(attempt -> attempt.launch.attempt().step().equals(step))
                .filter(attempt -> attempt.started != null)
                .count();
    }

    private void startWhatFits() {
        long running = all().stream().filter(Attempt::runs).count();
        for (Attempt attempt : all()) {
            if (attempt.started == null
                    && attempt.outcome == null
                    && attempt.play != AttemptScript.NEVER_START
                    && mayStart.test(attempt.launch.attempt())
                    && running < capacity) {
                attempt.started = clock.instant();
                onStart.accept(attempt.launch);
                running++;
            }
        }
    }

    @Override
    public void expect(RunId run, AttemptRequest next) {
        expected.add(next.attempt());
    }

    @Override
    public List<AttemptStatus> poll(RunId run) {
        return of(run).values().stream().map(Attempt::status).toList();
    }

    @Override
    public void awaitChange(RunId run, Duration atMost) {
        if (++waits > MOST_WAITS) {
            throw new IllegalStateException("the run does not come to an end: " + poll(run));
        }
        onWait.run();
        List<Runnable> possible = new ArrayList<>();
        boolean stopped = false;
        boolean hangs = false;
        for (Attempt attempt : all()) {
            if (attempt.outcome == null && attempt.stopping) {
                stop(attempt);
                stopped = true;
            } else if (attempt.runs()
                    && (attempt.play == AttemptScript.HANG || attempt.play == AttemptScript.SUCCEED_WHEN_STOPPED)) {
                hangs = true;
            } else if (attempt.runs()) {
                possible.add(() -> play(attempt));
            }
        }
        if (!stopped && looks != null) {
            clock.advance(Duration.ofSeconds(1));
            endAsSeenElsewhere(looks.next());
        } else if (!stopped) {
            clock.advance(Duration.ofSeconds(1));
            if (hangs || possible.isEmpty()) {
                possible.add(() -> clock.advance(Duration.ofHours(1)));
            }
            possible.get(choices.among(possible.size())).run();
        }
        startWhatFits();
    }

    private void endAsSeenElsewhere(Set<AttemptId> ended) {
        for (AttemptId id : ended) {
            Attempt attempt = all().stream()
                    .filter(each -> each.runs() && each.launch.attempt().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(id + " ended elsewhere and does not run here"));
            if (attempt.play == AttemptScript.HANG) {
                clock.advance(Duration.ofHours(1));
            } else {
                play(attempt);
                startWhatFits();
            }
        }
    }

    private void stop(Attempt attempt) {
        if (attempt.play == AttemptScript.SUCCEED_WHEN_STOPPED) {
            play(attempt);
            return;
        }
        boolean ran = attempt.runs();
        end(attempt, new StepOutcome.Cancelled());
        if (manner.inOrder() && ran && attempt.launch.afterFailure() != OnAttemptFailure.NEXT_STARTS) {
            withdrawWhatWaits();
        }
    }

    private void play(Attempt attempt) {
        String uri = attempt.launch.places().outputOf(attempt.launch.attempt().step());
        switch (attempt.play) {
            case SUCCEED, SUCCEED_WHEN_STOPPED -> {
                AttemptId id = attempt.launch.attempt();
                workspace.outputs.put(uri, new OutputSummary(1, 10, "by " + id));
                end(attempt, new StepOutcome.Succeeded(100L + id.number()));
            }
            case WRITE_HALF -> {
                workspace.halfWritten.add(uri);
                end(attempt, new StepOutcome.Succeeded(null));
            }
            case WRITE_NOTHING -> end(attempt, new StepOutcome.Succeeded(null));
            case FAIL -> end(attempt, new StepOutcome.Failed("exit code 1"));
            case FAIL_BY_SIGNAL -> end(attempt, new StepOutcome.Failed("exit code 130"));
            case LOSE -> end(attempt, new StepOutcome.Lost("its node went away"));
            case BE_CANCELLED -> end(attempt, new StepOutcome.Cancelled());
            case HANG, NEVER_START -> throw new IllegalStateException("does not end by itself");
        }
    }

    private void end(Attempt attempt, StepOutcome outcome) {
        attempt.ended = clock.instant();
        attempt.outcome = outcome;
        boolean failed = outcome instanceof StepOutcome.Failed || outcome instanceof StepOutcome.Lost;
        if (manner.inOrder() && failed && attempt.launch.afterFailure() != OnAttemptFailure.NEXT_STARTS) {
            withdrawWhatWaits();
        }
    }

    private void withdrawWhatWaits() {
        for (Attempt attempt : all()) {
            if (attempt.started == null && attempt.outcome == null) {
                attempt.ended = clock.instant();
                attempt.outcome = attempt.stopping ? new StepOutcome.Cancelled() : new StepOutcome.Withdrawn();
            }
        }
    }

    @Override
    public void cancel(RunId run, Collection<AttemptId> asked) {
        for (AttemptId id : asked) {
            cancelled.add(id);
            Attempt attempt = of(run).get(id);
            if (attempt != null) {
                attempt.stopping = true;
            }
        }
    }

    @Override
    public List<AttemptStatus> attach(RunId run, Collection<AttemptId> asked) {
        List<AttemptStatus> found = new ArrayList<>();
        for (AttemptId id : asked) {
            Attempt attempt = of(run).get(id);
            if (attempt != null) {
                found.add(attempt.status());
            }
        }
        return found;
    }

    List<AttemptId> running() {
        return all().stream()
                .filter(attempt -> attempt.outcome == null)
                .map(attempt -> attempt.launch.attempt())
                .toList();
    }

    @Override
    public String log(RunId run, AttemptId attempt) {
        return "memory:/logs/" + run + "/" + attempt;
    }

    @Override
    public Optional<Diagnosis> diagnose(RunId run, AttemptId attempt) {
        return Optional.of(new Diagnosis("Boom in " + attempt, "lines 1–2 of the log", "Mend it."));
    }

    @Override
    public void close() {}
}
