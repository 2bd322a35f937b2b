package org.emrelay.runner.profile;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was found in the event log of an attempt.
 *
 * @param profile null if there is none
 * @param problem why there is none, as a sentence; else empty
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
