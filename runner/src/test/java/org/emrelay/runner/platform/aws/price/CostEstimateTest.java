package org.emrelay.runner.platform.aws.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Map;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.emr.spec.SampleClusters;
import org.emrelay.runner.report.CostEstimateReport;
import org.junit.jupiter.api.Test;

final class CostEstimateTest {
    private static final PriceTable US_EAST_1 = PriceTable.bundled("us-east-1");

    private final Cluster root = SampleClusters.repositoryRoot();

    @Test
    void countsInstancesByWeightFromCheapestToMostExpensiveTypeOfEachFleet() {
        PriceRange cost = new CostEstimate(root, US_EAST_1, Map.of()).onDemand();

        // 1 m5.xlarge, 1 of m5.xlarge or r5.xlarge, 4 of m5.xlarge or r5.xlarge, or 2 of m5.2xlarge, r5.2xlarge or
        // c5.2xlarge; each with 15 GiB of gp3, and 64 GiB of gp2 (xlarge) or 128 GiB (2xlarge)
        assertThat(cost.min()).isCloseTo(new BigDecimal("1.39"), within(new BigDecimal("0.0000001")));
        assertThat(cost.max()).isCloseTo(new BigDecimal("1.8783333"), within(new BigDecimal("0.0000001")));
        assertThat(cost.unknownTypes()).isEmpty();
    }

    @Test
    void usesKnownSpotPricesAndAlwaysAddsTheEmrSurcharge() {
        Map<String, PriceRange> spot = Map.of("m5.xlarge", PriceRange.of(new BigDecimal("0.08")));

        PriceRange cost = new CostEstimate(root, US_EAST_1, spot).expected().orElseThrow();

        assertThat(cost.min()).isCloseTo(new BigDecimal("1.0553333"), within(new BigDecimal("0.0000001")));
        assertThat(cost.unknownTypes()).contains("r5.xlarge");
    }

    @Test
    void reportsTheMaximumCostOfTheIdleTimeout() {
        assertThat(new CostEstimateReport(root, new CostEstimate(root, US_EAST_1, Map.of())).text())
                .isEqualTo("""
                Cost per hour, all on demand: $1.39 to $1.88 (us-east-1, bundled prices of 2026-11)
                Cost per hour, with spot instances: unknown (pass --check for current spot prices)
                Idle timeout: 60 minutes, at most $1.88.
                """);
    }

    @Test
    void namesWhatHasNoPriceIfNothingHas() {
        PriceTable empty = new PriceTable("us-east-1", PriceTable.Source.PRICE_LIST_API, "2026-11-30", Map.of());

        assertThat(new CostEstimateReport(root, new CostEstimate(root, empty, Map.of())).text())
                .startsWith(
                        "Cost per hour, all on demand: unknown for EBS gp2, EBS gp3, c5.2xlarge, m5.2xlarge, m5.xlarge,"
                                + " r5.2xlarge, r5.xlarge (us-east-1, AWS Price List API of 2026-11-30)\n")
                .endsWith("Idle timeout: 60 minutes, cost unknown.\n");
    }

    @Test
    void reportsUnknownPrices() {
        assertThat(new CostEstimateReport(root, new CostEstimate(root, PriceTable.bundled("eu-north-1"), Map.of()))
                        .text())
                .isEqualTo("""
                        Cost per hour, all on demand: unknown (no price list for eu-north-1)
                        Cost per hour, with spot instances: unknown (pass --check for current spot prices)
                        Idle timeout: 60 minutes, cost unknown.
                        """);
    }
}
