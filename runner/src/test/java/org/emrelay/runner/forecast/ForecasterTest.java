package org.emrelay.runner.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.forecast.RecordedRuns.at;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.run.Plans;
import org.emrelay.runner.run.RecordedRun;
import org.junit.jupiter.api.Test;

final class ForecasterTest {
    private static final ExecutionPlan ONE_STEP = Plans.plans().step("words").plan();
    private static final ExecutionPlan CHAIN =
            Plans.plans().step("words").step("counts", "words").plan();
    private static final ExecutionPlan PAIR = Plans.plans()
            .step("titles")
            .step("orders")
            .step("sums", "titles", "orders")
            .plan();

    private static Optional<Forecast> forecast(ExecutionPlan plan, RecordedRun... earlier) {
        return new Forecaster(plan, List.of(earlier)).forecast(step -> true);
    }

    private static Duration elapsed(ExecutionPlan plan, RecordedRun... earlier) {
        return forecast(plan, earlier).orElseThrow().elapsed();
    }

    private static RecordedRun took(int seconds) {
        return RecordedRuns.done(ONE_STEP, Duration.ofSeconds(seconds));
    }

    @Test
    void twoEarlierRunsAreEnough() {
        assertThat(forecast(ONE_STEP)).isEmpty();
        assertThat(forecast(ONE_STEP, took(60))).isEmpty();
        assertThat(forecast(ONE_STEP, took(60), took(60))).contains(new Forecast(Duration.ofSeconds(60), null, 2));
    }

    @Test
    void aStepTakesTheMedianOfItsLastFiveDurations() {
        assertThat(elapsed(ONE_STEP, took(50), took(900), took(60), took(70), took(80), took(1), took(2), took(3)))
                .isEqualTo(Duration.ofSeconds(70));
    }

    @Test
    void prefersRunsOfTheSameWorkToNewerRuns() {
        ExecutionPlan larger =
                Plans.plans().step("words").argument("words", "1000000").plan();

        assertThat(elapsed(larger, took(60), took(60), RecordedRuns.done(larger, Duration.ofSeconds(400)), took(60)))
                .isEqualTo(Duration.ofSeconds(400));
        assertThat(elapsed(larger, took(60), took(60))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void anInstanceOfALoopTakesAsLongAsItsOtherInstances() {
        ExecutionPlan monday = Plans.plans().step("sums[day=2026-11-02]").plan();
        ExecutionPlan tuesday = Plans.plans()
                .step("sums[day=2026-11-03]")
                .argument("sums[day=2026-11-03]", "7")
                .plan();
        RecordedRun run = RecordedRuns.done(monday, Duration.ofSeconds(40));

        assertThat(elapsed(tuesday, run, run)).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void hasNoForecastIfAStepHasNeverSucceeded() {
        RecordedRun run = RecordedRuns.of(CHAIN)
                .step("words", 0, 60)
                .started("counts", 60)
                .running();

        assertThat(forecast(CHAIN, run, run)).isEmpty();
        assertThat(new Forecaster(CHAIN, List.of(run, run))
                        .forecast(step -> step.name().value().equals("words")))
                .contains(new Forecast(Duration.ofSeconds(60), null, 2));
    }

    @Test
    void stepsRunWithTheSameConcurrencyAsBefore() {
        RecordedRun parallel = RecordedRuns.of(PAIR)
                .step("titles", 0, 40)
                .step("orders", 0, 30)
                .step("sums", 40, 50)
                .done(50);
        RecordedRun sequential = RecordedRuns.of(PAIR)
                .step("titles", 0, 40)
                .step("orders", 40, 70)
                .step("sums", 70, 80)
                .done(80);

        assertThat(elapsed(PAIR, parallel, parallel)).isEqualTo(Duration.ofSeconds(50));
        assertThat(elapsed(PAIR, sequential, sequential)).isEqualTo(Duration.ofSeconds(80));
    }

    @Test
    void failedAttemptsDoNotCount() {
        RecordedRun retried =
                RecordedRuns.of(ONE_STEP).retried("words", 100, 130).done(130);

        assertThat(elapsed(ONE_STEP, retried, took(30), took(30))).isEqualTo(Duration.ofSeconds(30));
        assertThat(elapsed(ONE_STEP, took(60), retried, retried)).isEqualTo(Duration.ofSeconds(130));
    }

    @Test
    void timeBeforeAndBetweenTheStepsIsAdded() {
        RecordedRun run = RecordedRuns.of(CHAIN)
                .step("words", 300, 360)
                .step("counts", 372, 432)
                .done(432);

        assertThat(elapsed(CHAIN, run, run)).isEqualTo(Duration.ofSeconds(432));
        assertThat(new Forecaster(CHAIN, List.of(run, run))
                        .forecast(step -> step.name().value().equals("counts"))
                        .orElseThrow()
                        .elapsed())
                .isEqualTo(Duration.ofSeconds(366));
    }

    @Test
    void costIsProportionalToTime() {
        RecordedRun run = RecordedRuns.of(ONE_STEP)
                .step("words", 0, 1800)
                .cost("2.40", 1800)
                .done(1800);

        assertThat(forecast(ONE_STEP, run, run).orElseThrow().cost()).isEqualTo(new BigDecimal("1.20"));
        assertThat(forecast(ONE_STEP, run, took(3600), took(3600))).isPresent();
    }

    @Test
    void remainingTimeDecreasesWhileStepsRun() {
        RecordedRun run = RecordedRuns.of(CHAIN)
                .step("words", 10, 70)
                .step("counts", 70, 100)
                .done(100);
        Forecaster forecaster = new Forecaster(CHAIN, List.of(run, run));
        RecordedRuns begun = RecordedRuns.of(CHAIN);

        assertThat(remaining(forecaster, begun, 4)).isEqualTo(Duration.ofSeconds(96));
        begun.started("words", 10);
        assertThat(remaining(forecaster, begun, 30)).isEqualTo(Duration.ofSeconds(70));
        assertThat(remaining(forecaster, begun, 80)).isEqualTo(Duration.ofSeconds(30));
        RecordedRuns last = RecordedRuns.of(CHAIN).step("words", 10, 90).started("counts", 90);
        assertThat(remaining(forecaster, last, 110)).isEqualTo(Duration.ofSeconds(10));
        assertThat(remaining(forecaster, last, 200)).isZero();
    }

    private static Duration remaining(Forecaster forecaster, RecordedRuns run, double now) {
        return forecaster.remaining(run.running().state(), at(now)).orElseThrow();
    }

    @Test
    void manyStepsAreForecastQuickly() {
        Plans plans = Plans.plans();
        IntStream.range(0, 256).forEach(i -> plans.step("sums[day=" + i + "]").argument("sums[day=" + i + "]", "" + i));
        ExecutionPlan plan = plans.plan();
        RecordedRuns run = RecordedRuns.of(plan);
        IntStream.range(0, 256).forEach(i -> run.step("sums[day=" + i + "]", i, i + 1));

        assertThat(elapsed(plan, run.done(256), run.done(256))).isEqualTo(Duration.ofSeconds(256));
    }
}
