package org.emrelay.jobs.delivery.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.delivery.DeliveryFixture;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class ScoreOrdersTest {
    private static final String OPEN_HEADER =
            "OrderID,OrderDate,ProductId,Carrier,ShippingOrigin,ShippingPriority,InBulkOrder,"
                    + "XShippingDistance,YShippingDistance,ExpectedShippingDays\n";

    @TempDir
    private static Path directory;

    private static DeliveryFixture fixture;
    private static int runs;

    private String output;

    @BeforeAll
    static void train() {
        fixture = new DeliveryFixture(directory)
                .generate(600)
                .prepareGenerated()
                .features()
                .train("train", "--model-params", "{\"maxIter\": 2, \"maxDepth\": 2}");
        fixture.write("new-products.csv", """
                ComputerBrand,ComputerModel,ScreenSize,PackageWeight,ProductId
                Acme,Ultra,21,,n1
                ,,,,n2
                """);
    }

    @BeforeEach
    void nameOutput() {
        runs++;
        output = "scores-" + runs;
    }

    @Test
    void scoresOrdersWithUnseenProductsAndCarriers() {
        score(
                "a,12/30/29,n1,Pigeon,Nome,Drone,Single Order,3,-4,5",
                "b,2030-01-01,n2,Shipper,Atlanta,Ground,Bulk Order,100,200,12",
                "c,1/2/30,unknown-product,,,,,0,0,0");

        List<Row> scored =
                fixture.parquet(output + "/predictions").orderBy("order_id").collectAsList();
        assertThat(fixture.parquet(output + "/predictions").columns())
                .containsExactly(
                        "order_id",
                        "order_date",
                        "carrier",
                        "expected_days",
                        "predicted_days",
                        "predicted_arrival",
                        "late_probability");
        assertThat(scored).extracting(row -> row.getString(0)).containsExactly("a", "b", "c");
        assertThat(scored).allSatisfy(row -> {
            assertThat(row.getDouble(4)).isBetween(0.0, 25.0);
            assertThat(row.getDouble(6)).isBetween(0.0, 1.0);
        });
        assertThat(scored.get(0).get(5)).hasToString("2030-01-04");
        assertThat(fixture.read(output + "/predictions.csv").lines()).hasSize(4);
    }

    @Test
    void listsUnusableOrders() {
        score(
                "a,12/30/29,n1,Shipper,Atlanta,Ground,Single Order,3,-4,5",
                "b,some day,n1,Shipper,Atlanta,Ground,Single Order,3,-4,5",
                "c,12/30/29,n1,Shipper,Atlanta,Ground,Single Order,3,far,5");

        assertThat(fixture.read(output + "/not_scored.csv").lines())
                .containsExactlyInAnyOrder(
                        "order_id,problem", "b,invalid OrderDate (expected M/D/YY)", "c,non-numeric distance");
        assertThat(fixture.read(output + "/report.json")).isEqualTo("""
                {
                  "scored" : 1,
                  "not_scored" : 2
                }
                """);
    }

    @Test
    void ignoresOutcomesInTheLog() {
        String order = "a,12/30/29,n1,Shipper,Atlanta,Ground,Single Order,3,-4,5";
        fixture.write(
                "delivered.csv",
                OPEN_HEADER.replace("OrderID", "ActualShippingDays,OnTimeDelivery,OrderID") + "-7,Late," + order);
        score(order);
        String without = fixture.read(output + "/predictions.csv");
        fixture.score("delivered.csv", "new-products.csv", "train/model", output + "-delivered");

        assertThat(fixture.read(output + "-delivered/predictions.csv")).isEqualTo(without);
    }

    @Test
    void rejectsAModelWithOtherFeatures() {
        fixture.write(
                "train/model/card.json",
                fixture.read("train/model/card.json").replace("\"bulk\"", "\"something else\""));
        try {
            assertThatThrownBy(() -> score("a,12/30/29,n1,Shipper,Atlanta,Ground,Single Order,3,-4,5"))
                    .isInstanceOf(UserFault.class)
                    .hasMessageMatching(
                            "--model: \\S+/train/model was trained on (\\d+) features that differ from the \\1 of"
                                    + " --pipeline-model \\S+/training/pipeline-model\\. Pass the model and the pipeline of"
                                    + " the same run\\.");
        } finally {
            fixture.write(
                    "train/model/card.json",
                    fixture.read("train/model/card.json").replace("\"something else\"", "\"bulk\""));
        }
    }

    @Test
    void rejectsAPipelineInsteadOfAModel() {
        fixture.write("logs.csv", OPEN_HEADER + "a,12/30/29,n1,Shipper,Atlanta,Ground,Single Order,3,-4,5");

        assertThatThrownBy(() -> fixture.score("logs.csv", "new-products.csv", "training/pipeline-model", output))
                .isInstanceOf(UserFault.class)
                .hasMessage("--model: " + fixture.uri("training/pipeline-model") + "/card.json does not exist.");
    }

    @Test
    void reportsAMissingColumn() {
        fixture.write("logs.csv", "OrderID,OrderDate\na,12/30/29\n");

        assertThatThrownBy(() -> fixture.score("logs.csv", "new-products.csv", "train/model", output))
                .isInstanceOf(UserFault.class)
                .hasMessage("--orders: " + fixture.uri("logs.csv")
                        + " has no column 'product_id'. Its columns: order_id, order_date.");
    }

    @Test
    void requiresProductsIfOrdersHaveNoProductColumns() {
        fixture.write("logs.csv", OPEN_HEADER + "a,12/30/29,n1,Shipper,Atlanta,Ground,Single Order,3,-4,5");

        assertThatThrownBy(() -> ScoreOrders.main(new String[] {
                    "--orders", fixture.uri("logs.csv"),
                    "--pipeline-model", fixture.uri("training/pipeline-model"),
                    "--model", fixture.uri("train/model"),
                    "--output", fixture.uri(output)
                }))
                .isInstanceOf(UserFault.class)
                .hasMessage("--product-descriptions is required, because " + fixture.uri("logs.csv")
                        + " has no product columns.");
    }

    private void score(String... lines) {
        fixture.write("logs.csv", OPEN_HEADER + String.join("\n", lines) + "\n");
        fixture.score("logs.csv", "new-products.csv", "train/model", output);
    }
}
