package org.emrelay.jobs.delivery.train;

import java.util.List;
import java.util.Objects;
import org.emrelay.jobs.Flags;
import org.emrelay.jobs.learning.ModelParameters;

/**
 * What one run of the job was asked for.
 *
 * @param earlyStopping the share of the training orders, the latest, that tell when to stop; 0 trains to the end on all of them
 * @param graceDays how many days after the carrier's estimate an order is not late yet
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
        ModelParameters given = ModelParameters.parse("--model-params", flags.textOr("--model-params", "{}"));
        Loss asked = Loss.named(flags.choiceOr("--loss", "absolute", Loss.CHOICES));
        Loss loss = type.loss(asked, given);
        return new TrainModelArguments(
                flags.required("--training-features"),
                flags.required("--validation-features"),
                type,
                given.orElse(type.settings(loss)),
                loss,
                flags.numberOr("--early-stopping", 0, 0, 0.5),
                flags.wholeNumberOr("--grace-days", 0, 0, 1_000),
                flags.wholeNumberOr("--seed", 1, 0, Integer.MAX_VALUE),
                flags.required("--output"));
    }
}
