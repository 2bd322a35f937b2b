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
import org.emrelay.jobs.learning.FeatureLayout;
import org.emrelay.jobs.learning.PermutationImportance;
import org.emrelay.jobs.learning.PermutationImportance.Importances;
import org.emrelay.jobs.learning.SavedPipeline;

/** Predicts the held-out rows with every model and computes metrics, intervals and importances. */
final class ModelEvaluator {
    /** The log loss of one row. */
    private static final Column LOG_LOSS = negate(log(greatest(
            lit(Math.ulp(1.0)),
            when(col(ModelColumns.LABEL).gt(0.5), col(ModelColumns.PROBABILITY))
                    .otherwise(lit(1.0).minus(col(ModelColumns.PROBABILITY))))));

    private final TrainedModels models;
    private final EvaluateArguments arguments;

    /** One model's predictions and feature importances. */
    private record ScoredModel(
            ModelPredictions predictions, NativeImportance nativeImportance, Importances permutationImportances) {
        private ScoredModel {
            Objects.requireNonNull(predictions, "predictions");
            Objects.requireNonNull(nativeImportance, "nativeImportance");
            Objects.requireNonNull(permutationImportances, "permutationImportances");
        }
    }

    ModelEvaluator(TrainedModels models, EvaluateArguments arguments) {
        this.models = models;
        this.arguments = arguments;
    }

    Evaluation evaluate() {
        HeldOutTable heldOut = HeldOutTable.of(models.heldOut());
        HeldOutRows rows = heldOut.rows().requireBothClasses(arguments.training());
        // Models with equal feature encodings share their vectors.
        Map<List<FeatureColumn>, Dataset<Row>> vectors = new HashMap<>();
        List<ScoredModel> scored = models.card().ranked().stream()
                .map(name -> score(name, heldOut, vectors))
                .toList();
        vectors.values().forEach(Dataset::unpersist);
        BootstrapIntervals bootstrap = BootstrapIntervals.of(
                rows, scored.stream().map(ScoredModel::predictions).toList(), arguments.seed());
        List<EvaluatedModel> evaluated =
                scored.stream().map(model -> evaluated(model, bootstrap)).toList();
        String best = evaluated.get(0).name();
        double confidence = PairedDifference.confidenceLevel(Math.max(1, evaluated.size() - 1));
        List<PairedDifference> differences = evaluated.stream()
                .skip(1)
                .map(model -> new PairedDifference(
                        best,
                        model.name(),
                        confidence,
                        intervals(metric -> bootstrap.difference(best, model.name(), metric, confidence))))
                .toList();
        return new Evaluation(arguments, models.card(), rows, evaluated, differences, SanityCheck.notRequested());
    }

    private ScoredModel score(String name, HeldOutTable heldOut, Map<List<FeatureColumn>, Dataset<Row>> cache) {
        SavedPipeline model = models.model(name);
        SavedPipeline classifier = TrainedModels.classifierOf(model);
        Dataset<Row> vectors =
                cache.computeIfAbsent(TrainedModels.featureColumns(model), columns -> vectors(model, heldOut));
        ModelPredictions predictions =
                heldOut.predict(name, models.card().model(name).threshold(), classifier, vectors);
        FeatureLayout layout = TrainedModels.layout(model);
        NativeImportance nativeImportance = NativeImportance.of(classifier, layout);
        Importances permutationImportances = new PermutationImportance(classifier, ModelColumns.FEATURES, LOG_LOSS)
                .compute(vectors, nativeImportance.heaviestFirst(layout), ModelColumns.PROBABILITY, arguments.seed());
        return new ScoredModel(predictions, nativeImportance, permutationImportances);
    }

    private static Dataset<Row> vectors(SavedPipeline model, HeldOutTable heldOut) {
        return TrainedModels.vectorizerOf(model)
                .transform(EvaluateArguments.TRAINING, heldOut.table(), ModelColumns.FEATURES)
                .select(ModelColumns.LABEL, ModelColumns.FEATURES)
                .cache();
    }

    private EvaluatedModel evaluated(ScoredModel scored, BootstrapIntervals bootstrap) {
        ModelPredictions predictions = scored.predictions();
        return new EvaluatedModel(
                predictions,
                models.card().model(predictions.model()),
                predictions.ranking().at(arguments.threshold()),
                intervals(metric -> bootstrap.interval(predictions.model(), metric)),
                scored.nativeImportance(),
                scored.permutationImportances());
    }

    private static Map<EvaluationMetric, Interval> intervals(Function<EvaluationMetric, Interval> of) {
        Map<EvaluationMetric, Interval> intervals = new EnumMap<>(EvaluationMetric.class);
        for (EvaluationMetric metric : EvaluationMetric.values()) {
            intervals.put(metric, of.apply(metric));
        }
        return intervals;
    }
}
