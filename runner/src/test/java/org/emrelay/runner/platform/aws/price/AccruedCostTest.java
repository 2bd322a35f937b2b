package org.emrelay.runner.platform.aws.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AccruedCostTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant ONE = Instant.parse("2026-11-21T13:00:00Z");
    private static final Instant TWO = Instant.parse("2026-11-21T14:00:00Z");
    private static final InstancePrices PRICES = new InstancePrices(
            PriceTable.of("us-east-1"), Map.of("m5.2xlarge", PriceRange.of(new BigDecimal("0.104"))));

    @Test
    void countsEachMachineForTheTimeForWhichItWasThereAndOnlyThoseThatRunForTheHour() {
        AccruedCost cost = AccruedCost.ofMachines(
                List.of(
                        new InstanceUsage("m5.xlarge", false, NOON, null),
                        new InstanceUsage("m5.2xlarge", true, ONE, null),
                        new InstanceUsage("m5.2xlarge", true, NOON, ONE)),
                PRICES,
                TWO);

        assertThat(cost.onDemand().most()).isEqualByComparingTo("0.24");
        assertThat(cost.spot().most()).isEqualByComparingTo("0.2");
        assertThat(new CostReport(cost).text()).isEqualTo("""
                        Costs an hour: about $0.24 on demand, about $0.20 spot (2 machines)
                        Cost so far: about $0.88 (EC2 and EMR at us-east-1's prices of 2026-11, spot machines at one price; disks and data transfer are not in it)
                        """);
        assertThat(document(cost)).containsEntry("cost_per_hour", 0.44).containsEntry("cost_so_far", 0.88);
    }

    @Test
    void goesOnCountingBetweenTwoLooks() {
        AccruedCost cost =
                AccruedCost.ofMachines(List.of(new InstanceUsage("m5.xlarge", false, NOON, null)), PRICES, ONE);

        assertThat(document(cost.after(Duration.ofMinutes(30)))).containsEntry("cost_so_far", 0.36);
    }

    @Test
    void namesTheTypesWhosePriceItDoesNotKnowAndGivesNoNumberForTheWhole() {
        AccruedCost cost = AccruedCost.ofMachines(
                List.of(
                        new InstanceUsage("m5.xlarge", false, ONE, null),
                        new InstanceUsage("m5a.xlarge", false, ONE, null),
                        new InstanceUsage("m5.xlarge", true, ONE, null)),
                PRICES,
                TWO);

        assertThat(new CostReport(cost).text()).isEqualTo("""
                        Costs an hour: at least $0.24, unknown for m5a.xlarge on demand, unknown for m5.xlarge spot (3 machines)
                        Cost so far: at least $0.24, unknown for m5.xlarge, m5a.xlarge (EC2 and EMR at us-east-1's prices of 2026-11, spot machines at one price; disks and data transfer are not in it)
                        """);
        assertThat(document(cost)).containsEntry("cost_per_hour", null).containsEntry("cost_so_far", null);
    }

    @Test
    void saysThatNothingRunsAnyMoreOfAClusterThatHasEnded() {
        AccruedCost cost =
                AccruedCost.ofMachines(List.of(new InstanceUsage("m5.xlarge", false, NOON, ONE)), PRICES, TWO);

        assertThat(new CostReport(cost).text()).isEqualTo("""
                        Costs an hour: nothing, no machine of it runs
                        Cost so far: about $0.24 (EC2 and EMR at us-east-1's prices of 2026-11, spot machines at one price; disks and data transfer are not in it)
                        """);
    }

    @Test
    void takesTheFleetsUnitsWhereNoMachinesAreListedFromTheCheapestTypeToTheDearest() {
        List<FleetUsage> fleets = List.of(new FleetUsage(Map.of("m5.xlarge", 4, "m5.2xlarge", 8), 12, 0));
        AccruedCost cost = AccruedCost.ofFleets(fleets, PRICES, ONE, false, TWO);

        assertThat(new CostReport(cost).text()).isEqualTo("""
                        Costs an hour: about $0.72 to $0.96 on demand, $0.00 spot (by the fleets' units)
                        Cost so far: about $0.72 to $0.96 (EC2 and EMR at us-east-1's prices of 2026-11, spot machines at one price; disks and data transfer are not in it)
                        """);
        assertThat(document(cost)).containsEntry("cost_per_hour", null).containsEntry("cost_so_far", null);
        assertThat(new CostReport(AccruedCost.ofFleets(fleets, PRICES, ONE, true, TWO)).soFar())
                .isEqualTo("unknown");
    }

    @Test
    void knowsNoPriceOfARegionWithoutATable() {
        AccruedCost cost = AccruedCost.ofMachines(
                List.of(new InstanceUsage("m5.xlarge", false, ONE, null)),
                new InstancePrices(PriceTable.of("eu-north-1"), Map.of()),
                TWO);

        assertThat(new CostReport(cost).text()).isEqualTo("""
                        Costs an hour: unknown for m5.xlarge on demand, $0.00 spot (1 machine)
                        Cost so far: unknown for m5.xlarge (no price of eu-north-1 is known here; disks and data transfer are not in it)
                        """);
    }

    private static Map<String, @Nullable Object> document(AccruedCost cost) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        new CostReport(cost).addTo(document);
        return document;
    }
}
