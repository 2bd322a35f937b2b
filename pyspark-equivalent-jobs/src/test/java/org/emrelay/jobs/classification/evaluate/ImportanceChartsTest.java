package org.emrelay.jobs.classification.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.classification.models.TrainingCard.Trained;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.Confusion;
import org.emrelay.jobs.learning.PermutationImportance.Importance;
import org.emrelay.jobs.learning.PermutationImportance.Importances;
import org.junit.jupiter.api.Test;

class ImportanceChartsTest {
    private static final StructType SCHEMA =
            new StructType().add("id", DataTypes.StringType).add("label", DataTypes.DoubleType);

    @Test
    void saysHowManyFeaturesWereNotLookedAtWhereThereWereTooMany() {
        assertThat(caption(List.of("b", "c")))
                .endsWith("Of so many features only the 1 that weigh most in the model were looked at; 2 were not"
                        + " (not_permuted in metrics.json names them).");
        assertThat(caption(List.of())).endsWith("Of two that tell the same, each seems dispensable.");
        assertThat(model(List.of("b", "c")).asJson(0.5)).containsEntry("not_permuted", List.of("b", "c"));
        assertThat(model(List.of()).asJson(0.5)).doesNotContainKey("not_permuted");
    }

    @Test
    void valuesAreShownAsTheyAre() {
        assertThat(ImportanceCharts.readable("thumbs_down_share")).isEqualTo("thumbs down share");
        assertThat(ImportanceCharts.readable("home_town is 'st_poelten'")).isEqualTo("home town is 'st_poelten'");
    }

    private static String caption(List<String> notLookedAt) {
        return new ImportanceCharts(model(notLookedAt)).charts().get(0).caption();
    }

    private static EvaluatedModel model(List<String> notLookedAt) {
        HeldOutRows rows = HeldOutRows.of(List.of(row("x", 1), row("y", 0)));
        return new EvaluatedModel(
                new ModelPredictions("gbt", 0.5, new double[] {0.7, 0.2}, rows),
                new Trained(Map.of(), 0.5, 0.1, 0.5, List.of(), 1),
                new Confusion(1, 0, 1, 0),
                intervals(),
                new NativeImportance(false, List.of()),
                new Importances(List.of(new Importance("a", 0.1)), notLookedAt));
    }

    private static Map<Figure, Interval> intervals() {
        Map<Figure, Interval> intervals = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            intervals.put(figure, new Interval(0.5, 0.4, 0.6));
        }
        return intervals;
    }

    private static Row row(String id, double label) {
        return new GenericRowWithSchema(new Object[] {id, label}, SCHEMA);
    }
}
