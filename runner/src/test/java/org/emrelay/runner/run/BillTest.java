package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.run.Bill.AttemptInterval;
import org.emrelay.runner.run.Bill.InstanceLifetime;
import org.jspecify.annotations.Nullable;

final class BillTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);

    private static Instant minute(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }

    private static InstanceLifetime instance(String price, int created, int ready, int ended) {
        return new InstanceLifetime(minute(created), minute(ready), minute(ended), new BigDecimal(price));
    }

    private static AttemptInterval attempt(String step, int started, int ended) {
        return attempt(step, started, ended, null, null);
    }

    private static AttemptInterval attempt(
            String step, int started, int ended, @Nullable Long cores, @Nullable Long mebibytes) {
        return new AttemptInterval(id(step), minute(started), minute(ended), cores, mebibytes);
    }

    private static AttemptId id(String step) {
        return new AttemptId(new StepName(step), 1);
    }

    private static BigDecimal dollars(String amount) {
        return new BigDecimal(amount);
    }

    @Example
    void dividesTheLifeOfAClusterForOneRun() {
        Bill bill = Bill.of(
                List.of(instance("0.60", 0, 10, 90)),
                List.of(attempt("words", 12, 40), attempt("counts", 45, 80)),
                minute(1),
                true);

        assertThat(bill.startUp()).isEqualTo(dollars("0.10"));
        assertThat(bill.ofStep(new StepName("words"))).isEqualTo(dollars("0.28"));
        assertThat(bill.ofStep(new StepName("counts"))).isEqualTo(dollars("0.35"));
        assertThat(bill.idle()).isEqualTo(dollars("0.07"));
        assertThat(bill.shutdown()).isEqualTo(dollars("0.10"));
        assertThat(bill.beforeRun()).isEqualTo(dollars("0.00"));
        assertThat(bill.total()).isEqualTo(dollars("0.90"));
    }

    /** Start-up and idle time of an earlier run are not this run's, but the instance that starts during it is. */
    @Example
    void separatesWhatAnExistingClusterHadCostBefore() {
        Bill bill = Bill.of(
                List.of(instance("0.60", 0, 10, 70), instance("0.60", 62, 64, 70)),
                List.of(attempt("words", 61, 70)),
                minute(60),
                true);

        assertThat(bill.beforeRun()).isEqualTo(dollars("0.60"));
        assertThat(bill.startUp()).isEqualTo(dollars("0.02"));
        assertThat(bill.idle()).isEqualTo(dollars("0.01"));
        assertThat(bill.ofSteps()).isEqualTo(dollars("0.15"));
        assertThat(bill.shutdown()).isEqualTo(dollars("0.00"));
    }

    @Example
    void countsTheTimeAfterTheLastAttemptAsIdleUntilTheRunHasEnded() {
        Bill bill = Bill.of(List.of(instance("0.60", 0, 0, 30)), List.of(attempt("words", 0, 20)), minute(0), false);

        assertThat(bill.idle()).isEqualTo(dollars("0.10"));
        assertThat(bill.shutdown()).isEqualTo(dollars("0.00"));
    }

    @Example
    void sharesByCoresElseByMemoryElseEqually() {
        List<InstanceLifetime> hour = List.of(instance("1.00", 0, 0, 60));

        Bill byCores =
                Bill.of(hour, List.of(attempt("a", 0, 60, 6L, 10L), attempt("b", 0, 60, 2L, 30L)), minute(0), true);
        Bill byMemory =
                Bill.of(hour, List.of(attempt("a", 0, 60, null, 10L), attempt("b", 0, 60, 2L, 30L)), minute(0), true);
        Bill equally =
                Bill.of(hour, List.of(attempt("a", 0, 60, 6L, null), attempt("b", 0, 60, null, 30L)), minute(0), true);

        assertThat(byCores.attempts()).containsEntry(id("a"), dollars("0.75")).containsEntry(id("b"), dollars("0.25"));
        assertThat(byMemory.attempts()).containsEntry(id("a"), dollars("0.25")).containsEntry(id("b"), dollars("0.75"));
        assertThat(equally.attempts()).containsEntry(id("a"), dollars("0.50")).containsEntry(id("b"), dollars("0.50"));
    }

    /** Three thirds of a cent more than 33 each: one of them gets the cent. */
    @Example
    void roundsByTheLargestRemainder() {
        Bill bill = Bill.of(
                List.of(instance("1.00", 0, 0, 60)),
                List.of(attempt("a", 0, 60), attempt("b", 0, 60), attempt("c", 0, 60)),
                minute(0),
                true);

        assertThat(bill.attempts().values())
                .containsExactlyInAnyOrder(dollars("0.34"), dollars("0.33"), dollars("0.33"));
        assertThat(bill.total()).isEqualTo(dollars("1.00"));
    }

    /** Instances that come and go, overlapping attempts, and clocks that differ by up to half an hour. */
    @Property(tries = 400)
    void partsSumUpToWhatTheInstancesCost(
            @ForAll("instances") List<InstanceLifetime> instances,
            @ForAll("attempts") List<AttemptInterval> attempts,
            @ForAll("times") Instant began,
            @ForAll boolean hasEnded) {
        BigDecimal cost = instances.stream()
                .map(each -> each.pricePerHour()
                        .multiply(BigDecimal.valueOf(
                                Duration.between(each.created(), each.ended()).toMillis())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);

        Bill bill = Bill.of(instances, attempts, began, hasEnded);

        assertThat(bill.total()).isEqualTo(cost.divide(MILLIS_PER_HOUR, 2, RoundingMode.HALF_UP));
        assertThat(bill.attempts()).hasSize(attempts.size());
        assertThat(bill.attempts().values()).allMatch(amount -> amount.signum() >= 0);
        assertThat(List.of(bill.beforeRun(), bill.startUp(), bill.idle(), bill.shutdown()))
                .allMatch(amount -> amount.signum() >= 0);
        for (AttemptInterval attempt : attempts) {
            if (attempt.started().equals(attempt.ended())) {
                assertThat(bill.attempts().get(attempt.attempt())).isEqualTo(dollars("0.00"));
            }
        }
    }

    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.longs().between(-1_800_000, 20_000_000).map(NOON::plusMillis);
    }

    /** The times of an instance are in any order: clocks differ. */
    @Provide
    Arbitrary<List<InstanceLifetime>> instances() {
        Arbitrary<BigDecimal> prices = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.valueOf(40))
                .ofScale(9);
        return Combinators.combine(times(), times(), times(), prices)
                .as(InstanceLifetime::new)
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<AttemptInterval>> attempts() {
        Arbitrary<Long> requests = Arbitraries.longs().between(1, 1_000_000).injectNull(0.2);
        return Combinators.combine(times(), times(), requests, requests)
                .as((started, ended, cores, mebibytes) ->
                        new AttemptInterval(id("any"), started, ended, cores, mebibytes))
                .list()
                .ofMaxSize(8)
                .map(list -> IntStream.range(0, list.size())
                        .mapToObj(i -> new AttemptInterval(
                                new AttemptId(new StepName("step" + i / 2), 1 + i % 2),
                                list.get(i).started(),
                                list.get(i).ended(),
                                list.get(i).cores(),
                                list.get(i).mebibytes()))
                        .toList());
    }
}
