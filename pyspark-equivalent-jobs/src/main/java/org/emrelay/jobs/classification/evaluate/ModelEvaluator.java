package org.emrelay.jobs.classification.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.when;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.classification.models.FeatureColumn;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.learning.Bootstrap.Interval;
import org.emrelay.jobs.learning.FeaturePlaces;
import org.emrelay.jobs.learning.PermutationImportance;
import org.emrelay.jobs.learning.PermutationImportance.Importances;
import org.emrelay.jobs.learning.SavedPipeline;

/** Lets every model say what it thinks of the held-out rows, and works out what that is worth. */
final class ModelEvaluator {
    /** The surprise at what came true, of one row. */
    private static final Column LOG_LOSS = negate(log(greatest(
            lit(Math.ulp(1.0)),
            when(col(ModelColumns.LABEL).gt(0.5), col(ModelColumns.CHANCE))
                    .otherwise(lit(1.0).minus(col(ModelColumns.CHANCE))))));

    private final TrainedModels models;
    private final EvaluateArguments arguments;

    /** What a model says, and what it goes by. */
    private record Heard(ModelPredictions chances, NativeImportance weights, Importances importances) {
        private Heard {
            Objects.requireNonNull(chances, "chances");
            Objects.requireNonNull(weights, "weights");
            Objects.requireNonNull(importances, "importances");
        }
    }

    ModelEvaluator(TrainedModels models, EvaluateArguments arguments) {
        this.models = models;
        this.arguments = arguments;
    }

    Evaluation judge() {
        HeldOutPredictions heldOut = HeldOutPredictions.of(models.heldOut());
        HeldOutRows rows = heldOut.rows().requireBothClasses(arguments.training());
        // All models of a training begin alike: their vectors are made once.
        Map<List<FeatureColumn>, Dataset<Row>> vectors = new HashMap<>();
        List<Heard> heard = models.card().ranked().stream()
                .map(name -> hear(name, heldOut, vectors))
                .toList();
        vectors.values().forEach(Dataset::unpersist);
        DrawnFigures drawn =
                DrawnFigures.of(rows, heard.stream().map(Heard::chances).toList(), arguments.seed());
        List<EvaluatedModel> judged =
                heard.stream().map(model -> judged(model, drawn)).toList();
        String best = judged.get(0).name();
        double level = Difference.level(Math.max(1, judged.size() - 1));
        List<Difference> differences = judged.stream()
                .skip(1)
                .map(model -> new Difference(
                        best,
                        model.name(),
                        level,
                        intervals(figure -> drawn.difference(best, model.name(), figure, level))))
                .toList();
        return new Evaluation(arguments, models.card(), rows, judged, differences, Sanity.notAskedFor());
    }

    private Heard hear(String name, HeldOutPredictions heldOut, Map<List<FeatureColumn>, Dataset<Row>> made) {
        SavedPipeline model = models.model(name);
        SavedPipeline onVectors = TrainedModels.onVectors(model);
        Dataset<Row> vectors = made.computeIfAbsent(TrainedModels.columns(model), columns -> vectors(model, heldOut));
        ModelPredictions chances = heldOut.of(name, models.card().model(name).threshold(), onVectors, vectors);
        FeaturePlaces places = TrainedModels.places(model);
        NativeImportance weights = NativeImportance.of(onVectors, places);
        Importances importances = new PermutationImportance(onVectors, ModelColumns.FEATURES, LOG_LOSS)
                .of(vectors, weights.heaviestFirst(places), ModelColumns.CHANCE, arguments.seed());
        return new Heard(chances, weights, importances);
    }

    private static Dataset<Row> vectors(SavedPipeline model, HeldOutPredictions heldOut) {
        return TrainedModels.toVectors(model)
                .transform(EvaluateArguments.TRAINING, heldOut.table(), ModelColumns.FEATURES)
                .select(ModelColumns.LABEL, ModelColumns.FEATURES)
                .cache();
    }

    private EvaluatedModel judged(Heard heard, DrawnFigures drawn) {
        ModelPredictions chances = heard.chances();
        return new EvaluatedModel(
                chances,
                models.card().model(chances.model()),
                chances.ranking().at(arguments.threshold()),
                intervals(figure -> drawn.interval(chances.model(), figure)),
                heard.weights(),
                heard.importances());
    }

    private static Map<Figure, Interval> intervals(Function<Figure, Interval> of) {
        Map<Figure, Interval> intervals = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            intervals.put(figure, of.apply(figure));
        }
        return intervals;
    }
}
