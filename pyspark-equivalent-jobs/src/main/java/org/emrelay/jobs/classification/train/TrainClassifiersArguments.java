package org.emrelay.jobs.classification.train;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.jobs.classification.models.ModelKind;
import org.emrelay.tables.Flags;
import org.emrelay.tables.Suggestion;
import org.emrelay.tables.UserFault;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the training job.
 *
 * @param features the feature columns; empty for all
 * @param excluded columns that are not features
 * @param grids JSON, or the URI of a JSON file
 * @param leakAuc the AUC above which a single feature is rejected as leakage
 * @param requestedParallelism the number of parallel fits; 0 derives it from the cluster's cores
 */
record TrainClassifiersArguments(
        String table,
        String id,
        String label,
        @Nullable String requestedPositive,
        List<String> features,
        List<String> excluded,
        List<ModelKind> models,
        String grids,
        int folds,
        Metric metric,
        double testShare,
        boolean classWeights,
        double leakAuc,
        int requestedParallelism,
        long seed,
        String output) {
    private static final List<String> KNOWN = List.of(
            "--table",
            "--id",
            "--label",
            "--positive",
            "--features",
            "--exclude",
            "--models",
            "--grids",
            "--folds",
            "--metric",
            "--test-share",
            "--class-weights",
            "--leak-auc",
            "--parallelism",
            "--seed",
            "--output");

    TrainClassifiersArguments {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(label, "label");
        features = List.copyOf(features);
        excluded = List.copyOf(excluded);
        models = List.copyOf(models);
        Objects.requireNonNull(grids, "grids");
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(output, "output");
    }

    static TrainClassifiersArguments parse(String... arguments) {
        Flags flags = Flags.parse(KNOWN, arguments);
        return new TrainClassifiersArguments(
                flags.required("--table"),
                flags.required("--id"),
                flags.required("--label"),
                flags.optional("--positive").orElse(null),
                flags.list("--features"),
                flags.list("--exclude"),
                models(flags),
                flags.textOr("--grids", "{}"),
                (int) flags.wholeNumberOr("--folds", 5, 2, 100),
                Metric.named(flags.choiceOr("--metric", "auc_pr", Metric.CHOICES)),
                flags.numberOr("--test-share", 0.2, 0.01, 0.9),
                flags.choiceOr("--class-weights", "none", List.of("none", "balanced"))
                        .equals("balanced"),
                flags.numberOr("--leak-auc", 0.99, 0.5, 1),
                (int) flags.wholeNumberOr("--parallelism", 0, 1, 1_000),
                flags.wholeNumberOr("--seed", 1, 0, Integer.MAX_VALUE),
                flags.required("--output"));
    }

    private static List<ModelKind> models(Flags flags) {
        List<String> names = flags.list("--models");
        for (String name : names) {
            if (!ModelKind.CHOICES.contains(name)) {
                throw new UserFault("--models: unknown model '" + name + "'. Known models: "
                        + String.join(", ", ModelKind.CHOICES) + "." + Suggestion.didYouMean(name, ModelKind.CHOICES));
            }
        }
        return (names.isEmpty() ? List.of("lr", "rf", "gbt") : names)
                .stream().distinct().map(ModelKind::named).toList();
    }

    Optional<String> positive() {
        return Optional.ofNullable(requestedPositive);
    }
}
