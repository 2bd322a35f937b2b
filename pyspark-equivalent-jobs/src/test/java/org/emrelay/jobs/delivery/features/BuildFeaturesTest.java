package org.emrelay.jobs.delivery.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.delivery.DeliveryFixture;
import org.emrelay.jobs.learning.FeatureNames;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class BuildFeaturesTest {
    private static final String FIRST = "11,11,Shipper,30,-40,Bulk Order,Atlanta,9/1/20,o1,Express,On Time,p1";
    private static final String SECOND = "15,14,O'Neill & $ons,18,-154,Single Order,Seattle,9/5/20,o2,Ground,Late,p2";
    private static final String LATER = "16,15,Newcomer,6,8,Single Order,Nome,9/7/20,o3,Drone,Late,p9";

    @TempDir
    private static Path directory;

    /** The first two orders are for training, the third for validation. Tests do not modify its files. */
    private static DeliveryFixture fixture;

    @BeforeAll
    static void build() {
        fixture = new DeliveryFixture(directory)
                .log(FIRST, SECOND, LATER)
                .prepare("logs.csv", "products.csv", "--training-fraction", "0.7")
                .features();
    }

    @Test
    void derivesFeaturesOnlyFromWhatIsKnownAtOrderTime() {
        Dataset<Row> training = fixture.parquet("training/features");
        assertThat(training.columns())
                .containsExactly(
                        "order_id",
                        "order_date",
                        "carrier",
                        "shipping_origin",
                        "shipping_priority",
                        "distance",
                        "expected_days",
                        "actual_days",
                        "features");
        assertThat(FeatureNames.of(training, "features"))
                .containsExactly(
                        "expected_days",
                        "distance",
                        "weight",
                        "screen",
                        "bulk",
                        "month",
                        "weekday",
                        "weekend",
                        "carrier_is_O'Neill & $ons",
                        "carrier_is_Shipper",
                        "carrier_is___unknown",
                        "shipping_origin_is_Atlanta",
                        "shipping_origin_is_Seattle",
                        "shipping_origin_is___unknown",
                        "shipping_priority_is_Express",
                        "shipping_priority_is_Ground",
                        "shipping_priority_is___unknown",
                        "computer_brand_is_Bell",
                        "computer_brand_is_Orange",
                        "computer_brand_is___unknown",
                        "computer_model_is_Base",
                        "computer_model_is_Standard",
                        "computer_model_is___unknown");
        assertThat(vector("training/features", "o1")).startsWith(11, 50, 4.2, 10.1, 1, 9, 1, 0, 0, 1, 0);
        assertThat(vector("training/features", "o2"))
                .startsWith(14, Math.hypot(18, 154), 6.8, 15.6, 0, 9, 5, 1, 1, 0, 0);
    }

    @Test
    void featuresDoNotDependOnTheOutcome() {
        DeliveryFixture other = fixture.subdirectory("other");
        other.log(
                        FIRST.replace("11,11", "29,11").replace("On Time", "Late"),
                        SECOND.replace("15,14", "1,14").replace("Late", "On Time"),
                        LATER.replace("16,15", "2,15").replace("Late", "On Time"))
                .prepare("logs.csv", "products.csv", "--training-fraction", "0.7")
                .features();

        for (String order : List.of("o1", "o2")) {
            assertThat(vector(other, "training/features", order)).isEqualTo(vector("training/features", order));
        }
        assertThat(vector(other, "validation/features", "o3")).isEqualTo(vector("validation/features", "o3"));
    }

    @Test
    void keepsOrdersWithUnseenCategoriesAndProducts() {
        // Product values are imputed; every category uses its slot for unknown values.
        assertThat(vector("validation/features", "o3"))
                .containsExactly(15, 10, 4.2, 10.1, 0, 9, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1);
    }

    @Test
    void learnsNothingFromValidationOrders() {
        List<String> names = FeatureNames.of(fixture.parquet("training/features"), "features");

        assertThat(FeatureNames.of(fixture.parquet("validation/features"), "features"))
                .isEqualTo(names);
        assertThat(names).noneMatch(name -> name.contains("Newcomer") || name.contains("Nome"));
        assertThat(directory.resolve("validation/pipeline-model")).doesNotExist();
    }

    @Test
    void groupsValuesBelowTheRareShare() {
        DeliveryFixture rare = fixture.subdirectory("rare");
        rare.log(FIRST, FIRST.replace("o1", "o4"), FIRST.replace("o1", "o5"), SECOND, LATER)
                .prepare("logs.csv", "products.csv", "--training-fraction", "0.8")
                .trainingFeatures("--rare-share", "0.3");

        assertThat(FeatureNames.of(rare.parquet("training/features"), "features"))
                .contains("carrier_is_Shipper", "carrier_is_other")
                .noneMatch(name -> name.contains("Neill"));
    }

    @Test
    void rejectsAPipelineFittedToOtherColumns() {
        savePipeline("other-pipeline", "weight_of_parcel", LocalSpark.session().sql("select 1D weight_of_parcel"));

        assertThatThrownBy(() -> fixture.validationFeatures("other-pipeline", "never"))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith("--pipeline-model: " + fixture.uri("other-pipeline")
                        + " was fitted to a table with different columns (weight_of_parcel does not exist.")
                .hasMessageContaining("; available columns: order_id, ");
    }

    @Test
    void rejectsAPipelineThatLeaksTheOutcome() {
        savePipeline(
                "leaking-pipeline",
                "actual_shipping_days",
                fixture.parquet("prepared/training")
                        .withColumn("expected_days", functions.lit(1.0))
                        .withColumn("distance", functions.lit(1.0)));

        assertThatThrownBy(() -> fixture.validationFeatures("leaking-pipeline", "never"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--pipeline-model: " + fixture.uri("leaking-pipeline")
                        + " uses 'actual_shipping_days' as a feature, which is known only after delivery. Fit a pipeline"
                        + " without it.");
    }

    @Test
    void rejectsADirectoryWithoutPipeline() {
        assertThatThrownBy(() -> fixture.validationFeatures("no-pipeline", "never"))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith(
                        "--pipeline-model: cannot load a pipeline from " + fixture.uri("no-pipeline") + " (");
    }

    @Test
    void rejectsOrdersWithoutProductColumns() {
        fixture.parquet("prepared/training").drop("screen_size").write().parquet(fixture.uri("bare"));

        assertThatThrownBy(() -> BuildFeatures.main(
                        new String[] {"--orders", fixture.uri("bare"), "--output", fixture.uri("never")}))
                .isInstanceOf(UserFault.class)
                .hasMessage("--orders: " + fixture.uri("bare")
                        + " has no product columns. Pass the output of the prepare step.");
    }

    private static void savePipeline(String name, String column, Dataset<Row> rows) {
        PipelineStage[] stages = {
            new VectorAssembler().setInputCols(new String[] {column}).setOutputCol("features")
        };
        try {
            new Pipeline().setStages(stages).fit(rows).save(fixture.uri(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private double[] vector(String table, String order) {
        return vector(fixture, table, order);
    }

    private static double[] vector(DeliveryFixture fixture, String table, String order) {
        return fixture.parquet(table)
                .where(functions.col("order_id").equalTo(order))
                .first()
                .<Vector>getAs("features")
                .toArray();
    }
}
