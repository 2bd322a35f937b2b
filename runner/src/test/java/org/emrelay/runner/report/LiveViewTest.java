package org.emrelay.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.TaskProgress;
import org.emrelay.runner.run.Event;
import org.emrelay.runner.run.Plans;
import org.emrelay.runner.run.RunState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LiveViewTest {
    private static final Instant START = Instant.parse("2026-11-21T03:45:12Z");
    private static final RunState FOUR_STEPS = RunState.of(Plans.plans()
            .step("words")
            .step("counts")
            .step("clouds")
            .step("extra")
            .plan());
    private static final String SUMMARY = "0 of 4 steps done, 4 waiting; 1 min 05 s";
    private static final String DETAIL = "the cluster has cost about $1.20 so far";

    private static AttemptStatus running(String step, @Nullable Instant started) {
        return new AttemptStatus(new AttemptId(new StepName(step), 1), started, null, null, "");
    }

    private static LiveView view(RunState state, List<AttemptStatus> attempts, String detail) {
        return new LiveView(state, attempts, START.plusSeconds(12), Duration.ofSeconds(65), null, detail);
    }

    @Test
    void showsTheTasksOfARunningStep() {
        List<AttemptStatus> attempts = List.of(running("words", START).with(new TaskProgress(34, 1200)));

        assertThat(view(FOUR_STEPS, attempts, "").lines(23)).containsExactly("words: 34 of 1,200 tasks, 12 s", SUMMARY);
    }

    @Test
    void showsTheRemainingTimeOfTheRun() {
        assertThat(summary(Duration.ofSeconds(20))).isEqualTo(SUMMARY + ", about 20 s left");
        assertThat(summary(Duration.ZERO)).isEqualTo(SUMMARY + ", longer than forecast");
    }

    private static String summary(Duration remaining) {
        LiveView view = new LiveView(
                FOUR_STEPS, List.of(running("words", START)), START, Duration.ofSeconds(65), remaining, "");
        return view.lines(23).get(1);
    }

    @Test
    void showsRunningStepsBeforeWaitingOnes() {
        List<AttemptStatus> attempts =
                List.of(running("words", null), running("counts", START), running("clouds", START.minusSeconds(5)));

        assertThat(view(FOUR_STEPS, attempts, DETAIL).lines(23))
                .containsExactly("clouds: running, 17 s", "counts: running, 12 s", "words: waiting", SUMMARY, DETAIL);
    }

    @Test
    void countsStepsByState() {
        AttemptId words = new AttemptId(new StepName("words"), 1);
        AttemptId clouds = new AttemptId(new StepName("clouds"), 1);
        RunState state = FOUR_STEPS.after(List.of(
                new Event.StepReused(START, new StepName("counts"), new RunId("r1"), "/out", null, null, ""),
                new Event.StepSkipped(START, new StepName("extra"), "disabled", null),
                new Event.AttemptSubmitted(START, words),
                new Event.AttemptStarted(START, words),
                new Event.AttemptSubmitted(START, clouds)));

        assertThat(view(state, List.of(running("words", START)), "").lines(23))
                .containsExactly("words: running, 12 s", "1 of 3 steps done, 1 running, 1 waiting; 1 min 05 s");
    }

    @Test
    void isEmptyWhenNoStepIsActive() {
        assertThat(view(FOUR_STEPS, List.of(), DETAIL).lines(23)).isEmpty();
    }

    @Test
    void hasNoMoreLinesThanTheTerminal() {
        List<AttemptStatus> attempts = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            attempts.add(running("step" + i, START));
        }
        LiveView view = view(FOUR_STEPS, attempts, DETAIL);

        assertThat(view.lines(5))
                .containsExactly("step1: running, 12 s", "step2: running, 12 s", "… and 38 more", SUMMARY, DETAIL);
        assertThat(view.lines(42)).hasSize(42).contains("step40: running, 12 s");
        assertThat(view.lines(3)).containsExactly("… and 40 more", SUMMARY, DETAIL);
        assertThat(view.lines(2)).containsExactly(SUMMARY, DETAIL);
        assertThat(view.lines(1)).containsExactly(SUMMARY);
    }
}
