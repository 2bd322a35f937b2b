package org.emrelay.jobs.classification.evaluate;

import java.util.List;
import java.util.Objects;
import org.emrelay.jobs.Flags;

/**
 * What one run of the job was asked for.
 *
 * @param training where the step that trained left its models
 * @param exploration where features were made, with a look at the log; empty where there is none
 * @param threshold from which chance on a row is named, where somebody has one in mind
 * @param isSane whether the models are fitted once more, to labels that mean nothing
 * @param words what rows and the label 1 are called
 */
record EvaluateArguments(
        String training,
        String exploration,
        double threshold,
        boolean isSane,
        Wording words,
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
        Objects.requireNonNull(words, "words");
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
