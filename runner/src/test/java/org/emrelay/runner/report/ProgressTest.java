package org.emrelay.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.run.Event;
import org.emrelay.runner.run.Failure;
import org.emrelay.runner.run.Plans;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private static final Instant START = Instant.parse("2026-11-21T03:45:12Z");
    private static final String END_OF_LINE = "\033[K";
    private static final String ERASE_BELOW = "\033[J";
    private static final StepName WORDS = new StepName("words");
    private static final StepName COUNTS = new StepName("counts");
    private static final ExecutionPlan PLAN = Plans.plans()
            .policy(OnFailure.CANCEL, 3, null)
            .step("words")
            .step("counts")
            .plan();
    private static final String SUMMARY = "0 of 2 steps done, 2 waiting; 0.0 s";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final SettableClock clock = new SettableClock();
    private TerminalSize size = new TerminalSize(80, 24);
    private RunState state = RunState.of(PLAN);

    /** A clock that a test advances. */
    private static final class SettableClock extends Clock {
        private Instant now = START;

        void advance(long seconds) {
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

    private Progress plain() {
        return new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock, null, Verbosity.NORMAL);
    }

    private Progress live(int columns, int rows) {
        size = new TerminalSize(columns, rows);
        return new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock, () -> size, Verbosity.NORMAL);
    }

    /** The lines, drawn from the first one on. */
    private static String drawn(String... lines) {
        return String.join(END_OF_LINE + "\n", lines) + END_OF_LINE + ERASE_BELOW;
    }

    private static String up(int lines) {
        return "\r\033[" + lines + "A";
    }

    /** The output since the last call. */
    private String output() {
        String text = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return text;
    }

    private void record(Progress progress, Event event) {
        state = state.after(List.of(event));
        progress.recorded(event, state);
    }

    private static AttemptId attempt(int number) {
        return new AttemptId(WORDS, number);
    }

    private static AttemptStatus running(StepName step, int number, @Nullable Instant started, String pendingReason) {
        return new AttemptStatus(new AttemptId(step, number), started, null, null, pendingReason);
    }

    @Test
    void reportsEachEventOfAnAttempt() {
        Progress progress = plain();
        Failure failure = new Failure("spark-submit ended with 1", "cause", "where", "hint", "log");

        record(progress, new Event.RunBegan(START));
        record(progress, new Event.AttemptSubmitted(START, attempt(1)));
        assertThat(output()).isEmpty();
        record(progress, new Event.AttemptStarted(START, attempt(1)));
        record(progress, new Event.AttemptFailed(START.plusSeconds(2), attempt(1), failure));
        record(progress, new Event.AttemptSubmitted(START, attempt(2)));
        record(progress, new Event.AttemptStarted(START, attempt(2)));
        record(
                progress,
                new Event.AttemptTimedOut(
                        START.plusSeconds(3), attempt(2), new Failure("took longer than 3 s", "", "", "", "")));
        record(progress, new Event.AttemptSubmitted(START, attempt(3)));
        record(progress, new Event.AttemptLost(START, attempt(3), "its process died"));
        record(progress, new Event.AttemptSubmitted(START, attempt(4)));
        record(progress, new Event.AttemptCancelled(START, attempt(4), "interrupted"));
        record(progress, new Event.AttemptSubmitted(START, attempt(5)));
        record(progress, new Event.AttemptStarted(START, attempt(5)));
        record(
                progress,
                new Event.AttemptSucceeded(START.plusSeconds(182), attempt(5), new OutputSummary(3, 100, "d"), 1200L));

        assertThat(output()).isEqualTo("""
                words: started
                words: failed: spark-submit ended with 1
                words: started (attempt 2)
                words: took longer than 3 s
                words: lost: its process died
                words: cancelled: interrupted
                words: started (attempt 5)
                words: done in 3 min 07 s: 1,200 rows
                """);
    }

    @Test
    void reportsTheSameReasonOnce() {
        Progress progress = plain();

        record(progress, new Event.AttemptSubmitted(START, attempt(1)));
        record(progress, new Event.AttemptCancelled(START, attempt(1), "counts failed"));
        record(progress, new Event.StepCancelled(START, WORDS, "counts failed"));

        assertThat(output()).isEqualTo("words: cancelled: counts failed\n");
    }

    @Test
    void reportsRowsOrFilesOrNothing() {
        Progress progress = plain();
        succeed(progress, new OutputSummary(3, 100, "d"));
        assertThat(output()).isEqualTo("words: started\nwords: done in 1.0 s: 3 files\n");
        record(progress, new Event.StepReset(START, WORDS, "--rerun", false));
        record(progress, new Event.AttemptSubmitted(START, attempt(2)));
        record(progress, new Event.AttemptStarted(START, attempt(2)));
        record(progress, new Event.AttemptSucceeded(START.plusSeconds(1), attempt(2), null, null));

        assertThat(output())
                .isEqualTo("words: runs again: --rerun\nwords: started (attempt 2)\nwords: done in 1.0 s\n");
    }

    private void succeed(Progress progress, @Nullable OutputSummary summary) {
        record(progress, new Event.AttemptSubmitted(START, attempt(1)));
        record(progress, new Event.AttemptStarted(START, attempt(1)));
        record(progress, new Event.AttemptSucceeded(START.plusSeconds(1), attempt(1), summary, null));
    }

    @Test
    void addsTheDetailToActiveSteps() {
        Progress live = live(80, 24);
        live.detail(() -> "the cluster has cost about $1.20 so far");
        live.waiting(state, List.of(running(WORDS, 1, START, "")));
        assertThat(output())
                .isEqualTo(drawn("words: running, 0.0 s", SUMMARY, "the cluster has cost about $1.20 so far"));
        live.waiting(state, List.of());
        assertThat(output()).isEqualTo(up(2) + ERASE_BELOW);

        Progress plain = plain();
        plain.detail(() -> "the cluster has cost about $1.20 so far");
        plain.waiting(state, List.of(running(WORDS, 1, START, "")));
        clock.advance(30);
        plain.waiting(state, List.of(running(WORDS, 1, START, "")));
        assertThat(output()).isEqualTo("words: running, 30 s; the cluster has cost about $1.20 so far\n");
    }

    @Test
    void reportsStepsThatDoNotRun() {
        Progress progress = plain();

        record(progress, new Event.StepRunsAgain(START, WORDS, "args.a changed: 1 → 2"));
        record(progress, new Event.StepReused(START, WORDS, new RunId("r1"), "/out", null, null, ""));
        record(progress, new Event.StepReset(START, WORDS, "its output was deleted", false));
        record(progress, new Event.StepReused(START, WORDS, new RunId("r1"), "/out", null, null, "its code changed"));
        record(progress, new Event.StepSkipped(START, COUNTS, "disabled", null));
        record(progress, new Event.StepReset(START, COUNTS, "--only", false));
        record(progress, new Event.StepCancelled(START, COUNTS, "words failed"));
        record(progress, new Event.StepReset(START, COUNTS, "--only", false));
        record(progress, new Event.StepFailed(START, COUNTS, "its output URI already contains data", "Set overwrite."));

        assertThat(output()).isEqualTo("""
                words: runs again: args.a changed: 1 → 2
                words: reused from r1
                words: runs again: its output was deleted
                words: reused from r1, although its code changed
                counts: skipped: disabled
                counts: runs again: --only
                counts: cancelled: words failed
                counts: runs again: --only
                counts: failed: its output URI already contains data
                """);
    }

    @Test
    void repeatsARunningStepEvery30Seconds() {
        Progress progress = plain();
        record(progress, new Event.AttemptSubmitted(START, attempt(1)));
        record(progress, new Event.AttemptStarted(START, attempt(1)));
        output();
        List<AttemptStatus> attempts = List.of(running(WORDS, 1, START, ""));

        for (int second = 1; second < 30; second++) {
            clock.advance(1);
            progress.waiting(state, attempts);
        }
        assertThat(output()).isEmpty();
        clock.advance(1);
        progress.waiting(state, attempts);
        progress.waiting(state, attempts);
        assertThat(output()).isEqualTo("words: running, 30 s\n");
        clock.advance(29);
        progress.waiting(state, attempts);
        assertThat(output()).isEmpty();
        clock.advance(1);
        progress.waiting(state, attempts);
        assertThat(output()).isEqualTo("words: running, 1 min 00 s\n");
    }

    @Test
    void reportsThePendingReasonAfter30Seconds() {
        Progress progress = plain();
        List<AttemptStatus> attempts =
                List.of(running(WORDS, 1, null, "for 2 of 2 cores"), running(COUNTS, 2, null, ""));

        progress.waiting(state, attempts);
        assertThat(output()).isEmpty();
        clock.advance(30);
        progress.waiting(state, attempts);
        assertThat(output()).isEqualTo("words: waiting, for 2 of 2 cores\ncounts (attempt 2): waiting\n");
    }

    @Test
    void reportsEachPendingReasonOnce() {
        Progress progress = plain();
        progress.waiting(state, List.of(running(WORDS, 1, null, "the cluster is starting")));
        clock.advance(30);
        progress.waiting(state, List.of(running(WORDS, 1, null, "the cluster is starting")));
        clock.advance(60);
        progress.waiting(state, List.of(running(WORDS, 1, null, "the cluster is starting")));
        assertThat(output()).isEqualTo("words: waiting, the cluster is starting\n");
        progress.waiting(state, List.of(running(WORDS, 1, null, "the cluster is bootstrapping")));
        assertThat(output()).isEqualTo("words: waiting, the cluster is bootstrapping\n");
    }

    @Test
    void redrawsOneLinePerStepInPlace() {
        Progress progress = live(80, 24);
        List<AttemptStatus> attempts = List.of(running(COUNTS, 2, null, "for memory"), running(WORDS, 1, START, ""));

        progress.waiting(state, attempts);
        assertThat(output())
                .isEqualTo(drawn("words: running, 0.0 s", "counts (attempt 2): waiting, for memory", SUMMARY));
        progress.waiting(state, attempts);
        assertThat(output()).isEmpty();
        clock.advance(12);
        progress.waiting(state, attempts);
        assertThat(output())
                .isEqualTo(up(2) + drawn("words: running, 12 s", "counts (attempt 2): waiting, for memory", SUMMARY));
        progress.waiting(state, List.of(running(COUNTS, 2, START.plusSeconds(12), "")));
        assertThat(output()).isEqualTo(up(2) + drawn("counts (attempt 2): running, 0.0 s", SUMMARY));
    }

    @Test
    void showsTheTimeSinceTheRunWasOpened() {
        Progress progress = live(80, 24);
        progress.opened(new Run(new RunId("r1"), new ClusterId("local-1"), PLAN, null, START), state);
        succeed(progress, null);
        record(progress, new Event.AttemptSubmitted(START, new AttemptId(COUNTS, 1)));
        record(progress, new Event.AttemptStarted(START, new AttemptId(COUNTS, 1)));
        output();
        clock.advance(65);

        progress.waiting(state, List.of(running(COUNTS, 1, START, "")));

        assertThat(output())
                .isEqualTo(drawn("counts: running, 1 min 05 s", "1 of 2 steps done, 1 running; 1 min 05 s"));
    }

    @Test
    void replacesLiveLinesWithPermanentOnes() {
        Progress progress = live(80, 24);
        progress.waiting(state, List.of(running(WORDS, 1, START, "")));
        output();

        progress.notice("Something happened.");
        assertThat(output()).isEqualTo(up(1) + ERASE_BELOW + "Something happened.\n");
        progress.notice("And again.");
        assertThat(output()).isEqualTo("And again.\n");
    }

    @Test
    void clearsLiveLinesOnce() {
        Progress progress = live(80, 24);

        progress.clear();
        assertThat(output()).isEmpty();
        progress.status("Waiting");
        output();
        progress.clear();
        assertThat(output()).isEqualTo("\r" + ERASE_BELOW);
        progress.clear();
        assertThat(output()).isEmpty();
    }

    @Test
    void truncatesALiveLineThatWouldWrap() {
        String line = "words: waiting, for memory";

        for (int columns = line.length() - 5; columns <= line.length() + 2; columns++) {
            Progress progress = live(columns, 24);
            progress.status(line);
            String expected = columns > line.length() ? line : line.substring(0, columns - 2) + "…";
            assertThat(output()).isEqualTo(drawn(expected));
            assertThat(expected).hasSizeLessThan(columns);
        }
    }

    @Test
    void erasesLinesThatANarrowerTerminalHasWrapped() {
        Progress progress = live(80, 24);
        progress.status("x".repeat(70));
        output();

        size = new TerminalSize(30, 24);
        progress.clear();

        assertThat(output()).isEqualTo(up(2) + ERASE_BELOW);
    }

    @Test
    void neverReportsANegativeDuration() {
        Progress progress = live(80, 24);

        progress.waiting(state, List.of(running(WORDS, 1, START.plus(Duration.ofHours(1)), "")));
        assertThat(output()).isEqualTo(drawn("words: running, 0.0 s", SUMMARY));
    }

    @Test
    void isQuietButForWarnings() {
        Progress progress =
                new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock, () -> size, Verbosity.QUIET);

        progress.notice("Something happened.");
        progress.status("Waiting");
        progress.waiting(state, List.of(running(WORDS, 1, START, "")));
        succeed(progress, null);
        progress.warn("Something is wrong.");

        assertThat(output()).isEqualTo("warning: Something is wrong.\n");
    }

    @Test
    void usesColorsWhereTheTerminalHasThem() {
        PrintStream terminal = TerminalStream.over(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);
        Progress progress = new Progress(terminal, clock, null, Verbosity.NORMAL);
        Failure failure = new Failure("exit code 1", "", "", "", "");

        record(progress, new Event.AttemptSubmitted(START, attempt(1)));
        record(progress, new Event.AttemptStarted(START, attempt(1)));
        record(progress, new Event.AttemptFailed(START, attempt(1), failure));
        progress.warn("Something is wrong.");

        assertThat(output().replace("\033", "ESC")).isEqualTo("""
                words: started
                ESC[31mwords: failed: exit code 1ESC[0m
                ESC[33mwarning: Something is wrong.ESC[0m
                """);
    }
}
