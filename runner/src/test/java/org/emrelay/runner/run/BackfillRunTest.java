package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.run.RunResult.Status;
import org.junit.jupiter.api.Test;

final class BackfillRunTest {
    private static final Instant TIME = FakeClock.START;

    private final RunFixture fixture = new RunFixture();

    /** Two steps for each of three days; the second reads the first. */
    private static Plans days(int parallel) {
        return days(plans().backfill(parallel));
    }

    private static Plans days(Plans plans) {
        for (int day = 1; day <= 3; day++) {
            plans.step("a[day=" + day + "]").step("b[day=" + day + "]", "a[day=" + day + "]");
        }
        return plans;
    }

    private static List<String> submitted(Plans plans, String... done) {
        RunState state = state(plans, done);
        return NextActions.of(new StepGraph(plans.plan()), state, step -> false, TIME).submit().stream()
                .map(Object::toString)
                .toList();
    }

    private static RunState state(Plans plans, String... done) {
        List<Event> events = new ArrayList<>();
        for (String step : done) {
            AttemptId attempt = new AttemptId(name(step), 1);
            events.add(new Event.AttemptSubmitted(TIME, attempt));
            events.add(new Event.AttemptSucceeded(TIME, attempt, null, null));
        }
        return RunState.of(plans.plan()).after(events);
    }

    @Test
    void runsOneDayAfterTheOther() {
        assertThat(submitted(days(1))).containsExactly("a[day=1]");
        assertThat(submitted(days(1), "a[day=1]")).containsExactly("b[day=1]");
        assertThat(submitted(days(1), "a[day=1]", "b[day=1]")).containsExactly("a[day=2]");
    }

    @Test
    void runsSeveralDaysAtATime() {
        assertThat(submitted(days(2))).containsExactly("a[day=1]", "a[day=2]");
        assertThat(submitted(days(2), "a[day=2]", "b[day=2]")).containsExactly("a[day=1]", "a[day=3]");
        assertThat(submitted(days(9))).hasSize(3);
    }

    @Test
    void aSequentialPlatformGetsAllDaysAtOnce() {
        Plans plans = days(1);

        assertThat(NextActions.of(
                                new StepGraph(
                                        plans.plan(),
                                        new org.emrelay.runner.platform.SubmissionMode(
                                                true, 256, java.time.Duration.ZERO)),
                                RunState.of(plans.plan()),
                                step -> true,
                                TIME)
                        .submit())
                .hasSize(6);
    }

    @Test
    void aDayIsDoneWhenAllItsStepsAre() {
        Plans plans = days(1).step("c[day=1]").leftOut("c[day=1]", "disabled");

        assertThat(BackfillProgress.of(plans.plan(), state(plans))).isEqualTo(new BackfillProgress(0, 3));
        assertThat(BackfillProgress.of(plans.plan(), state(plans, "a[day=1]", "b[day=1]", "a[day=2]")))
                .isEqualTo(new BackfillProgress(1, 3));
        assertThat(BackfillProgress.of(plans().step("a").plan(), state(plans().step("a"))))
                .isNull();
    }

    @Test
    void aFailureEndsOnlyItsDay() {
        fixture.platform.script("a[day=2]", AttemptScript.FAIL);

        RunResult result = fixture.execute(days(1).run());

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(RunFixture.summary(result))
                .isEqualTo(
                        "a[day=1] DONE, b[day=1] DONE, a[day=2] FAILED (exit code 1), b[day=2] SKIPPED (needs a[day=2],"
                                + " which failed), a[day=3] DONE, b[day=3] DONE");
    }

    @Test
    void aFailureThatTerminatesTheClusterEndsAllDays() {
        fixture.platform.script("a[day=2]", AttemptScript.FAIL);

        RunResult result = fixture.execute(
                days(plans().policy(OnFailure.TERMINATE_CLUSTER, 0, null).backfill(1))
                        .run());

        assertThat(RunFixture.summary(result))
                .endsWith("a[day=3] CANCELLED (a[day=2] failed), b[day=3] CANCELLED (a[day=2] failed)");
    }

    @Test
    void aFailureOfOneDayCancelsTheOtherBranchesOfThatDay() {
        Plans plans = plans().backfill(2);
        for (int day = 1; day <= 2; day++) {
            plans.step("a[day=" + day + "]").step("b[day=" + day + "]");
            plans.step("c[day=" + day + "]", "b[day=" + day + "]");
        }
        fixture.platform.script("a[day=1]", AttemptScript.FAIL);

        assertThat(RunFixture.summary(fixture.execute(plans.run())))
                .contains("c[day=1] CANCELLED (a[day=1] failed)")
                .contains("c[day=2] DONE");
    }
}
