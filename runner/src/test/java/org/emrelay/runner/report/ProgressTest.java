package org.emrelay.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.FileHashes;
import org.emrelay.runner.plan.Planner;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.run.Event;
import org.emrelay.runner.run.Failure;
import org.emrelay.runner.run.RunState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private static final Instant START = Instant.parse("2026-11-21T03:45:12Z");
    private static final String ERASE = "\r\033[K";
    private static final String ERASE_ABOVE = "\033[A\r\033[K";
    private static final StepName WORDS = new StepName("words");
    private static final StepName COUNTS = new StepName("counts");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final WatchInHand clock = new WatchInHand();
    private RunState state = RunState.of(Planner.plan(
            new Pipeline("clouds", List.of(step(WORDS), step(COUNTS))),
            new FileHashes(Map.of(Path.of("/job.py"), new FileHashes.ContentHash("1")))));

    /** A clock that somebody winds. */
    private static final class WatchInHand extends Clock {
        private Instant now = START;

        void wind(long seconds) {
            now = now.plusSeconds(seconds);
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

    private static Step step(StepName name) {
        return new Step(
                name,
                "",
                new Program.Python(new FileRef.Local(Path.of("/job.py"))),
                List.of(),
                new Output(new Output.Automatic(), "output", "", false),
                new Arguments.Flags(List.of()),
                Set.of(),
                SparkSettings.defaults(),
                new FailurePolicy(FailurePolicy.OnFailure.CANCEL, 3, null),
                "");
    }

    private Progress plain() {
        return new Progress(new PrintStream(written, true, StandardCharsets.UTF_8), clock, false, 80);
    }

    private Progress live(int columns) {
        return new Progress(new PrintStream(written, true, StandardCharsets.UTF_8), clock, true, columns);
    }

    /** What was written since this was asked last. */
    private String said() {
        String text = written.toString(StandardCharsets.UTF_8);
        written.reset();
        return text;
    }

    private void happens(Progress progress, Event event) {
        state = state.after(List.of(event));
        progress.recorded(event, state);
    }

    private static AttemptId attempt(int number) {
        return new AttemptId(WORDS, number);
    }

    private static AttemptStatus running(StepName step, int number, @Nullable Instant started, String waitsFor) {
        return new AttemptStatus(new AttemptId(step, number), started, null, null, waitsFor);
    }

    @Test
    void tellsAnAttemptsLife() {
        Progress progress = plain();
        Failure failure = new Failure("spark-submit ended with 1", "cause", "where", "hint", "log");

        happens(progress, new Event.RunBegan(START));
        happens(progress, new Event.AttemptSubmitted(START, attempt(1)));
        assertThat(said()).isEmpty();
        happens(progress, new Event.AttemptStarted(START, attempt(1)));
        happens(progress, new Event.AttemptFailed(START.plusSeconds(2), attempt(1), failure));
        happens(progress, new Event.AttemptSubmitted(START, attempt(2)));
        happens(progress, new Event.AttemptStarted(START, attempt(2)));
        happens(
                progress,
                new Event.AttemptTimedOut(
                        START.plusSeconds(3), attempt(2), new Failure("took longer than 3 s", "", "", "", "")));
        happens(progress, new Event.AttemptSubmitted(START, attempt(3)));
        happens(progress, new Event.AttemptLost(START, attempt(3), "its process is gone"));
        happens(progress, new Event.AttemptSubmitted(START, attempt(4)));
        happens(progress, new Event.AttemptCancelled(START, attempt(4), "interrupted"));
        happens(progress, new Event.AttemptSubmitted(START, attempt(5)));
        happens(progress, new Event.AttemptStarted(START, attempt(5)));
        happens(
                progress,
                new Event.AttemptSucceeded(START.plusSeconds(182), attempt(5), new OutputSummary(3, 100, "d"), 1200L));

        assertThat(said()).isEqualTo("""
                words: started
                words: failed: spark-submit ended with 1
                words: started (attempt 2)
                words: took longer than 3 s
                words: lost: its process is gone
                words: stopped: interrupted
                words: started (attempt 5)
                words: done in 3 min 07 s: 1,200 rows
                """);
    }

    @Test
    void countsFilesWhereRowsAreNotKnownAndNothingWhereNothingWasWritten() {
        Progress progress = plain();
        succeed(progress, new OutputSummary(3, 100, "d"));
        assertThat(said()).isEqualTo("words: started\nwords: done in 1.0 s: 3 files\n");
        happens(progress, new Event.StepReset(START, WORDS, "--rerun", false));
        happens(progress, new Event.AttemptSubmitted(START, attempt(2)));
        happens(progress, new Event.AttemptStarted(START, attempt(2)));
        happens(progress, new Event.AttemptSucceeded(START.plusSeconds(1), attempt(2), null, null));

        assertThat(said()).isEqualTo("words: runs again: --rerun\nwords: started (attempt 2)\nwords: done in 1.0 s\n");
    }

    private void succeed(Progress progress, @Nullable OutputSummary summary) {
        happens(progress, new Event.AttemptSubmitted(START, attempt(1)));
        happens(progress, new Event.AttemptStarted(START, attempt(1)));
        happens(progress, new Event.AttemptSucceeded(START.plusSeconds(1), attempt(1), summary, null));
    }

    @Test
    void tellsWhatElseIsWorthKnowingWhileStepsAreUnderWay() {
        Progress live = live(80);
        live.detail(() -> "the cluster has cost about $1.20 so far");
        live.waiting(state, List.of(running(WORDS, 1, START, "")));
        assertThat(said()).isEqualTo("words: running, 0.0 s\nthe cluster has cost about $1.20 so far");
        live.waiting(state, List.of());
        assertThat(said()).isEqualTo(ERASE + ERASE_ABOVE);

        Progress plain = plain();
        plain.detail(() -> "the cluster has cost about $1.20 so far");
        plain.waiting(state, List.of(running(WORDS, 1, START, "")));
        clock.wind(30);
        plain.waiting(state, List.of(running(WORDS, 1, START, "")));
        assertThat(said()).isEqualTo("words: running, 30 s; the cluster has cost about $1.20 so far\n");
    }

    @Test
    void tellsWhatBecomesOfStepsThatDoNotRun() {
        Progress progress = plain();

        happens(progress, new Event.StepRunsAgain(START, WORDS, "args.a changed: 1 → 2"));
        happens(progress, new Event.StepReused(START, WORDS, new RunId("r1"), "/out", null, null, ""));
        happens(progress, new Event.StepReset(START, WORDS, "its output is gone", false));
        happens(progress, new Event.StepReused(START, WORDS, new RunId("r1"), "/out", null, null, "its code changed"));
        happens(progress, new Event.StepSkipped(START, COUNTS, "disabled", null));
        happens(progress, new Event.StepReset(START, COUNTS, "--only", false));
        happens(progress, new Event.StepCancelled(START, COUNTS, "words failed"));
        happens(progress, new Event.StepReset(START, COUNTS, "--only", false));
        happens(progress, new Event.StepFailed(START, COUNTS, "its place is taken", "Say overwrite."));

        assertThat(said()).isEqualTo("""
                words: runs again: args.a changed: 1 → 2
                words: reused from r1
                words: runs again: its output is gone
                words: reused from r1, although its code changed
                counts: skipped: disabled
                counts: runs again: --only
                counts: cancelled: words failed
                counts: runs again: --only
                counts: failed: its place is taken
                """);
    }

    @Test
    void saysNothingForHalfAMinuteAndThenALineEachHalfMinute() {
        Progress progress = plain();
        happens(progress, new Event.AttemptSubmitted(START, attempt(1)));
        happens(progress, new Event.AttemptStarted(START, attempt(1)));
        said();
        List<AttemptStatus> attempts = List.of(running(WORDS, 1, START, ""));

        for (int second = 1; second < 30; second++) {
            clock.wind(1);
            progress.waiting(state, attempts);
        }
        assertThat(said()).isEmpty();
        clock.wind(1);
        progress.waiting(state, attempts);
        progress.waiting(state, attempts);
        assertThat(said()).isEqualTo("words: running, 30 s\n");
        clock.wind(29);
        progress.waiting(state, attempts);
        assertThat(said()).isEmpty();
        clock.wind(1);
        progress.waiting(state, attempts);
        assertThat(said()).isEqualTo("words: running, 1 min 00 s\n");
    }

    @Test
    void tellsWhatAStepWaitsForAfterHalfAMinute() {
        Progress progress = plain();
        List<AttemptStatus> attempts =
                List.of(running(WORDS, 1, null, "for 2 of 2 cores"), running(COUNTS, 2, null, ""));

        progress.waiting(state, attempts);
        assertThat(said()).isEmpty();
        clock.wind(30);
        progress.waiting(state, attempts);
        assertThat(said()).isEqualTo("words: waiting, for 2 of 2 cores\ncounts (attempt 2): waiting\n");
    }

    @Test
    void saysOnceForEachReasonWhyAStepWaits() {
        Progress progress = plain();
        progress.waiting(state, List.of(running(WORDS, 1, null, "the cluster is starting")));
        clock.wind(30);
        progress.waiting(state, List.of(running(WORDS, 1, null, "the cluster is starting")));
        clock.wind(60);
        progress.waiting(state, List.of(running(WORDS, 1, null, "the cluster is starting")));
        assertThat(said()).isEqualTo("words: waiting, the cluster is starting\n");
        progress.waiting(state, List.of(running(WORDS, 1, null, "the cluster is bootstrapping")));
        assertThat(said()).isEqualTo("words: waiting, the cluster is bootstrapping\n");
    }

    @Test
    void drawsALineForEachStepAndRedrawsItInPlace() {
        Progress progress = live(80);
        List<AttemptStatus> attempts = List.of(running(WORDS, 1, START, ""), running(COUNTS, 2, null, "for memory"));

        progress.waiting(state, attempts);
        assertThat(said()).isEqualTo("words: running, 0.0 s\ncounts (attempt 2): waiting, for memory");
        progress.waiting(state, attempts);
        assertThat(said()).isEmpty();
        clock.wind(12);
        progress.waiting(state, attempts);
        assertThat(said())
                .isEqualTo(ERASE + ERASE_ABOVE + "words: running, 12 s\ncounts (attempt 2): waiting, for memory");
        progress.waiting(state, List.of(running(COUNTS, 2, START.plusSeconds(12), "")));
        assertThat(said()).isEqualTo(ERASE + ERASE_ABOVE + "counts (attempt 2): running, 0.0 s");
    }

    @Test
    void putsALineThatStaysWhereTheLiveOnesStood() {
        Progress progress = live(80);
        progress.waiting(state, List.of(running(WORDS, 1, START, "")));
        said();

        progress.notice("Something happened.");
        assertThat(said()).isEqualTo(ERASE + "Something happened.\n");
        progress.notice("And again.");
        assertThat(said()).isEqualTo("And again.\n");
    }

    @Test
    void erasesWhatIsDrawnOnceAndNothingElse() {
        Progress progress = live(80);

        progress.clear();
        assertThat(said()).isEmpty();
        progress.waiting(state, List.of(running(WORDS, 1, START, "")));
        said();
        progress.clear();
        assertThat(said()).isEqualTo(ERASE);
        progress.clear();
        assertThat(said()).isEmpty();
    }

    @Test
    void takesTheLiveLinesAwayWhenNothingRunsAnyMore() {
        Progress progress = live(80);
        progress.waiting(state, List.of(running(WORDS, 1, START, "")));
        said();

        progress.waiting(state, List.of());
        assertThat(said()).isEqualTo(ERASE);
    }

    @Test
    void cutsALiveLineBeforeItWouldWrap() {
        String line = "words: waiting, for memory";

        for (int columns = line.length() - 5; columns <= line.length() + 2; columns++) {
            Progress progress = live(columns);
            progress.waiting(state, List.of(running(WORDS, 1, null, "for memory")));
            String expected = columns > line.length() ? line : line.substring(0, columns - 2) + "…";
            assertThat(said()).isEqualTo(expected).hasSizeLessThan(columns);
        }
    }

    @Test
    void neverTellsATimeBeforeTheStart() {
        Progress progress = live(80);

        progress.waiting(state, List.of(running(WORDS, 1, START.plus(Duration.ofHours(1)), "")));
        assertThat(said()).isEqualTo("words: running, 0.0 s");
    }
}
