package org.emrelay.jobs.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emrelay.jobs.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class RealShipmentsTest {
    @TempDir
    private static Path directory;

    private static DeliveryFixture fixture;

    @BeforeAll
    static void prepare() throws IOException {
        Path real = Path.of(System.getProperty("real.data", ""), "delivery");
        assumeTrue(Files.exists(real.resolve("ShippingLogs.csv")), "real shipping logs not found: set -Dreal.data");
        fixture = new DeliveryFixture(directory);
        for (String table : new String[] {"ShippingLogs.csv", "ProductDescriptions.csv"}) {
            Files.copy(real.resolve(table), directory.resolve(table));
        }
        fixture.prepare("ShippingLogs.csv", "ProductDescriptions.csv", "--training-fraction", "0.9")
                .features();
    }

    @Test
    void splitsTheLogAtTheCutoffOfTheEarlierSystem() {
        JsonNode report = fixture.json("prepared/report.json");

        assertThat(report.path("usable").asInt()).isEqualTo(10_000);
        assertThat(report.path("cutoff").asText()).isEqualTo("2021-10-21");
        assertThat(report.path("without_product_description").asInt()).isZero();
    }

    @Test
    void defaultModelHasAMeanAbsoluteErrorBelowOneDay() {
        JsonNode validation =
                fixture.train("default").json("default/metrics.json").path("validation");

        assertThat(validation.path("mae").asDouble()).isLessThanOrEqualTo(1.00);
        assertThat(validation.path("rounded_mae").asDouble()).isLessThanOrEqualTo(0.97);
    }

    @Test
    void squaredLossReducesTheMeanSquaredError() {
        JsonNode validation = fixture.train("squared", "--loss", "squared")
                .json("squared/metrics.json")
                .path("validation");

        assertThat(validation.path("mse").asDouble()).isLessThanOrEqualTo(3.05);
    }
}
