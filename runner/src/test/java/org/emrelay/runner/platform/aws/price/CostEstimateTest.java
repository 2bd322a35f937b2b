package org.emrelay.runner.platform.aws.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.emr.blueprint.Clusters;
import org.junit.jupiter.api.Test;

final class CostEstimateTest {
    private static final PriceTable VIRGINIA = PriceTable.of("us-east-1");

    private final Cluster root = Clusters.root();

    @Test
    void countsMachinesByTheirWeightAndTakesTheCheapestAndTheDearestOfEachFleet() {
        PriceRange dollars = new CostEstimate(root, VIRGINIA, Map.of()).onDemand();

        // 1 m5.xlarge, 1 of m5.xlarge or m4.xlarge, 4 of m5.xlarge, m4.xlarge or r5.xlarge, or 2 of m5.2xlarge
        assertThat(dollars.least()).isEqualByComparingTo("1.44");
        assertThat(dollars.most()).isEqualByComparingTo("1.76");
        assertThat(dollars.unknown()).containsExactlyInAnyOrder("m5a.xlarge", "m5d.xlarge");
    }

    @Test
    void takesTheSpotPriceWhereItIsKnownAndEmrsPartInAnyCase() {
        Map<String, PriceRange> spot = Map.of("m5.xlarge", PriceRange.of(new BigDecimal("0.08")));

        PriceRange dollars = new CostEstimate(root, VIRGINIA, spot).expected().orElseThrow();

        assertThat(dollars.least()).isEqualByComparingTo("0.992");
        assertThat(dollars.unknown()).contains("r5.xlarge");
    }

    @Test
    void saysWhatWaitingForTheIdleLimitCanCost() {
        assertThat(new PriceReport(root, new CostEstimate(root, VIRGINIA, Map.of())).text())
                .isEqualTo("""
                An hour, all on demand: $1.44 to $1.76, unknown for m5a.xlarge, m5d.xlarge (us-east-1, prices of 2026-11)
                An hour, with spot machines: unknown; --check asks for today's prices
                Idle, the cluster ends after 60 minutes, which cost at most $1.76 (not counting m5a.xlarge, m5d.xlarge).
                """);
    }

    @Test
    void saysSoWhereNoPriceIsKnown() {
        assertThat(new PriceReport(root, new CostEstimate(root, PriceTable.of("eu-north-1"), Map.of())).text())
                .isEqualTo("""
                        An hour, all on demand: unknown (no price of eu-north-1 is known here)
                        An hour, with spot machines: unknown; --check asks for today's prices
                        Idle, the cluster ends after 60 minutes, which cost at most an unknown sum.
                        """);
    }
}
