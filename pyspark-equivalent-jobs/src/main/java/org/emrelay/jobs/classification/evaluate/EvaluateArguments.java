package org.emrelay.jobs.classification.evaluate;

import java.util.List;
import java.util.Objects;
import org.emrelay.tables.Flags;

/**
 * The arguments of the evaluation job.
 *
 * @param training the URI of the training step's output
 * @param exploration the URI of the features step's output, which contains the exploration file; empty to omit it
 * @param threshold an additional decision threshold to report
 * @param hasSanityCheck whether to refit the models to shuffled labels
 * @param wording the terms for rows and for the positive class
 */
record EvaluateArguments(
        String training,
        String exploration,
        double threshold,
        boolean hasSanityCheck,
        Wording wording,
        long seed,
        String output) {
    static final String TRAINING = "--training";
    static final String EXPLORATION = "--exploration";
    static final String SANITY = "--sanity";
    static final String OUTPUT = "--output";

    private static final List<String> KNOWN =
            List.of(TRAINING, EXPLORATION, "--threshold", SANITY, "--subject", "--event", "--seed", OUTPUT);

    EvaluateArguments {
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(exploration, "exploration");
        Objects.requireNonNull(wording, "wording");
        Objects.requireNonNull(output, "output");
    }

    static EvaluateArguments parse(String... arguments) {
        Flags flags = Flags.parse(KNOWN, arguments);
        return new EvaluateArguments(
                flags.required(TRAINING),
                flags.textOr(EXPLORATION, ""),
                flags.numberOr("--threshold", 0.5, 0, 1),
                flags.isSet(SANITY),
                new Wording(flags.textOr("--subject", "rows"), flags.textOr("--event", "are positive")),
                flags.wholeNumberOr("--seed", 1, 0, Integer.MAX_VALUE),
                flags.required(OUTPUT));
    }
}
