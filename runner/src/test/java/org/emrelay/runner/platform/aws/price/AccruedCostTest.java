package org.emrelay.runner.platform.aws.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.InstanceTypeConfig.Volume;
import org.emrelay.runner.platform.aws.price.AccruedCost.FleetUsage;
import org.emrelay.runner.platform.aws.price.AccruedCost.InstanceUsage;
import org.emrelay.runner.report.CostReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AccruedCostTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant ONE = Instant.parse("2026-11-21T13:00:00Z");
    private static final Instant TWO = Instant.parse("2026-11-21T14:00:00Z");
    private static final InstancePrices PRICES = new InstancePrices(
            PriceTable.bundled("us-east-1"), Map.of("m5.2xlarge", PriceRange.of(new BigDecimal("0.104"))));

    @Test
    void chargesEachInstanceForItsLifetimeAndCountsOnlyRunningOnesPerHour() {
        AccruedCost cost = AccruedCost.ofInstances(
                List.of(
                        new InstanceUsage(node("m5.xlarge"), false, NOON, null),
                        new InstanceUsage(node("m5.2xlarge"), true, ONE, null),
                        new InstanceUsage(node("m5.2xlarge"), true, NOON, ONE)),
                PRICES,
                TWO);

        assertThat(cost.onDemandPerHour().max()).isEqualByComparingTo("0.25");
        assertThat(cost.spotPerHour().max()).isEqualByComparingTo("0.21");
        assertThat(new CostReport(cost).text()).isEqualTo("""
                        Cost per hour: about $0.25 on demand, about $0.21 spot (2 instances)
                        Cost so far: about $0.92 (EC2, EMR and EBS in us-east-1, bundled prices of 2026-11, spot at a constant price)
                        """);
        assertThat(document(cost)).containsEntry("cost_per_hour", 0.46).containsEntry("cost_so_far", 0.92);
    }

    @Test
    void extrapolatesBetweenUpdates() {
        AccruedCost cost =
                AccruedCost.ofInstances(List.of(new InstanceUsage(node("m5.xlarge"), false, NOON, null)), PRICES, ONE);

        assertThat(document(cost.after(Duration.ofMinutes(30)))).containsEntry("cost_so_far", 0.375);
    }

    @Test
    void namesTypesWithoutAPriceAndGivesNoTotal() {
        AccruedCost cost = AccruedCost.ofInstances(
                List.of(
                        new InstanceUsage(node("m5.xlarge"), false, ONE, null),
                        new InstanceUsage(node("m5a.xlarge"), false, ONE, null),
                        new InstanceUsage(node("m5.xlarge"), true, ONE, null)),
                PRICES,
                TWO);

        assertThat(new CostReport(cost).text()).isEqualTo("""
                        Cost per hour: at least $0.25, unknown for m5a.xlarge on demand, unknown for m5.xlarge spot (3 instances)
                        Cost so far: at least $0.25, unknown for m5.xlarge, m5a.xlarge (EC2, EMR and EBS in us-east-1, bundled prices of 2026-11, spot at a constant price)
                        """);
        assertThat(document(cost)).containsEntry("cost_per_hour", null).containsEntry("cost_so_far", null);
    }

    @Test
    void reportsNoRunningInstancesOfATerminatedCluster() {
        AccruedCost cost =
                AccruedCost.ofInstances(List.of(new InstanceUsage(node("m5.xlarge"), false, NOON, ONE)), PRICES, TWO);

        assertThat(new CostReport(cost).text()).isEqualTo("""
                        Cost per hour: $0.00 (no running instances)
                        Cost so far: about $0.25 (EC2, EMR and EBS in us-east-1, bundled prices of 2026-11, spot at a constant price)
                        """);
    }

    @Test
    void usesFleetUnitsWithoutInstancesFromCheapestToMostExpensiveType() {
        List<FleetUsage> fleets = List.of(new FleetUsage(Map.of(node("m5.xlarge"), 4, node("m5.2xlarge"), 8), 12, 0));
        AccruedCost cost = AccruedCost.ofFleets(fleets, PRICES, ONE, false, TWO);

        assertThat(new CostReport(cost).text()).isEqualTo("""
                        Cost per hour: about $0.75 to $0.98 on demand, $0.00 spot (from fleet units)
                        Cost so far: about $0.75 to $0.98 (EC2, EMR and EBS in us-east-1, bundled prices of 2026-11, spot at a constant price)
                        """);
        assertThat(document(cost)).containsEntry("cost_per_hour", null).containsEntry("cost_so_far", null);
        assertThat(new CostReport(AccruedCost.ofFleets(fleets, PRICES, ONE, true, TWO)).soFar())
                .isEqualTo("unknown");
    }

    @Test
    void knowsNoPricesInARegionWithoutATable() {
        AccruedCost cost = AccruedCost.ofInstances(
                List.of(new InstanceUsage(node("m5.xlarge"), false, ONE, null)),
                new InstancePrices(PriceTable.bundled("eu-north-1"), Map.of()),
                TWO);

        assertThat(new CostReport(cost).text()).isEqualTo("""
                        Cost per hour: unknown for EBS gp2, m5.xlarge on demand, $0.00 spot (1 instance)
                        Cost so far: unknown for EBS gp2, m5.xlarge (no price list for eu-north-1)
                        """);
    }

    /** With 72 GiB of gp2, which cost $0.01 an hour. */
    private static EmrNodeType node(String type) {
        return new EmrNodeType(type, List.of(new Volume("gp2", 72, null, null, 1)));
    }

    private static Map<String, @Nullable Object> document(AccruedCost cost) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        new CostReport(cost).addTo(document);
        return document;
    }
}
