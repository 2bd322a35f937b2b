package org.emrelay.runner.parse;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.model.EmrRelease;

/**
 * A Spark NLP version, to detect those that fail on Spark 3.5.
 * Versions before 5.2 fail only after a step has been running for a while.
 */
record SparkNlpVersion(String coordinate, int major, int minor) {
    private static final Pattern COORDINATE =
            Pattern.compile("com\\.johnsnowlabs\\.nlp:spark-nlp[a-z0-9_.-]*:([0-9]{1,3})\\.([0-9]{1,3})[A-Za-z0-9.-]*");

    /** Warns of a version that is too old for the release. */
    static void check(String packages, EmrRelease release, String path, Problems problems) {
        findIn(packages)
                .filter(version -> version.isTooOldFor(release))
                .ifPresent(version -> problems.warning(
                        path,
                        version.coordinate + " is built for a Spark older than the 3.5 of " + release + ".",
                        "Use com.johnsnowlabs.nlp:spark-nlp_2.12:5.5.3."));
    }

    /** Finds Spark NLP in a comma-separated list of packages. */
    static Optional<SparkNlpVersion> findIn(String packages) {
        return Arrays.stream(packages.split(",", -1))
                .map(String::strip)
                .map(COORDINATE::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(matcher -> new SparkNlpVersion(
                        matcher.group(), Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
    }

    boolean isTooOldFor(EmrRelease release) {
        return release.hasSpark35() && (major < 5 || (major == 5 && minor < 2));
    }
}
