package org.emrelay.jobs.delivery.train;

import java.util.List;
import java.util.Objects;
import org.emrelay.jobs.learning.ModelParameters;
import org.emrelay.tables.Flags;

/**
 * The arguments of the training job.
 *
 * @param earlyStopping the share of the latest training orders that decide when to stop; 0 disables early stopping
 * @param graceDays days after the carrier's estimate during which an order is still on time
 */
record TrainModelArguments(
        String training,
        String validation,
        ModelType modelType,
        ModelParameters modelParameters,
        Loss loss,
        double earlyStopping,
        long graceDays,
        long seed,
        String output) {
    private static final List<String> KNOWN = List.of(
            "--training-features",
            "--validation-features",
            "--model-type",
            "--model-params",
            "--loss",
            "--early-stopping",
            "--grace-days",
            "--seed",
            "--output");

    TrainModelArguments {
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(validation, "validation");
        Objects.requireNonNull(modelType, "modelType");
        Objects.requireNonNull(modelParameters, "modelParameters");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(output, "output");
    }

    static TrainModelArguments parse(String... arguments) {
        Flags flags = Flags.parse(KNOWN, arguments);
        ModelType type = ModelType.named(flags.choiceOr("--model-type", "gbt", ModelType.CHOICES));
        ModelParameters parameters = ModelParameters.parse("--model-params", flags.textOr("--model-params", "{}"));
        Loss requested = Loss.named(flags.choiceOr("--loss", "absolute", Loss.CHOICES));
        Loss loss = type.loss(requested, parameters);
        return new TrainModelArguments(
                flags.required("--training-features"),
                flags.required("--validation-features"),
                type,
                parameters.withDefaults(type.defaults(loss)),
                loss,
                flags.numberOr("--early-stopping", 0, 0, 0.5),
                flags.wholeNumberOr("--grace-days", 0, 0, 1_000),
                flags.wholeNumberOr("--seed", 1, 0, Integer.MAX_VALUE),
                flags.required("--output"));
    }
}
