package org.emrelay.runner.profile;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of reading the event log of an attempt.
 *
 * @param profile null if there is none
 * @param problem a sentence that says why there is no profile; empty if there is one
 */
public record ProfileReading(@Nullable SparkProfile profile, String problem) {
    public ProfileReading {
        Objects.requireNonNull(problem, "problem");
    }

    public static ProfileReading of(SparkProfile profile) {
        return new ProfileReading(profile, "");
    }

    public static ProfileReading none(String problem) {
        return new ProfileReading(null, problem);
    }
}
