package org.emrelay.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.classification.models.TrainingCard.TrainedModel;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.ConfusionMatrix;
import org.emrelay.jobs.learning.PermutationImportance.Importance;
import org.emrelay.jobs.learning.PermutationImportance.Importances;
import org.junit.jupiter.api.Test;

class ImportanceChartsTest {
    private static final StructType SCHEMA =
            new StructType().add("id", DataTypes.StringType).add("label", DataTypes.DoubleType);

    @Test
    void reportsSkippedFeatures() {
        assertThat(caption(List.of("b", "c")))
                .endsWith(
                        "Only the 1 features with the highest native importance were permuted; 2 were skipped (listed in"
                                + " metrics.json, not_permuted).");
        assertThat(caption(List.of())).endsWith("so each seems less important than it is.");
        assertThat(model(List.of("b", "c")).toJson(0.5)).containsEntry("not_permuted", List.of("b", "c"));
        assertThat(model(List.of()).toJson(0.5)).doesNotContainKey("not_permuted");
    }

    @Test
    void keepsQuotedValuesUnchanged() {
        assertThat(ImportanceCharts.readable("thumbs_down_share")).isEqualTo("thumbs down share");
        assertThat(ImportanceCharts.readable("home_town is 'st_poelten'")).isEqualTo("home town is 'st_poelten'");
    }

    private static String caption(List<String> skipped) {
        return new ImportanceCharts(model(skipped)).charts().get(0).caption();
    }

    private static EvaluatedModel model(List<String> skipped) {
        HeldOutRows rows = HeldOutRows.of(List.of(row("x", 1), row("y", 0)));
        return new EvaluatedModel(
                new ModelPredictions("gbt", 0.5, new double[] {0.7, 0.2}, rows),
                new TrainedModel(Map.of(), 0.5, 0.1, 0.5, List.of(), 1),
                new ConfusionMatrix(1, 0, 1, 0),
                intervals(),
                new NativeImportance(false, List.of()),
                new Importances(List.of(new Importance("a", 0.1)), skipped));
    }

    private static Map<EvaluationMetric, Interval> intervals() {
        Map<EvaluationMetric, Interval> intervals = new EnumMap<>(EvaluationMetric.class);
        for (EvaluationMetric metric : EvaluationMetric.values()) {
            intervals.put(metric, new Interval(0.5, 0.4, 0.6));
        }
        return intervals;
    }

    private static Row row(String id, double label) {
        return new GenericRowWithSchema(new Object[] {id, label}, SCHEMA);
    }
}
