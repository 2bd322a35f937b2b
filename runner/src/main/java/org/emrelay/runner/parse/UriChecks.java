package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.abbreviate;

import java.util.Locale;
import java.util.regex.Pattern;

/** Checks URIs and other text that reaches a step's command line. */
record UriChecks(PlatformRules rules, Problems problems) {
    private static final Pattern S3 = Pattern.compile("(?i)s3[an]?:.*", Pattern.DOTALL);
    private static final Pattern S3_WITH_BUCKET = Pattern.compile("(?i)s3[an]?://[^/]+(/.*)?", Pattern.DOTALL);

    /** YARN's container launcher silently replaces these braces. */
    void checkText(String text, String path) {
        for (String braces : new String[] {"{{", "}}"}) {
            if (text.contains(braces)) {
                problems.error(
                        path,
                        "the text contains '" + braces + "', which YARN would replace when it launches the container.",
                        "Put a space between the braces, or pass the text in a file.");
            }
        }
        if (text.indexOf('\0') >= 0) {
            problems.error(path, "the text contains a NUL character, which is not possible on a command line.");
        }
    }

    boolean checkUri(String uri, String path) {
        checkText(uri, path);
        String displayed = abbreviate(uri);
        if (uri.isBlank()) {
            problems.error(path, "must not be empty.");
        } else if (S3.matcher(uri).matches() && !S3_WITH_BUCKET.matcher(uri).matches()) {
            problems.error(path, "'" + displayed + "' has no bucket.", "Use s3://bucket/key.");
        } else if (!rules.seesLocalFiles() && uri.toLowerCase(Locale.ROOT).startsWith("file:")) {
            problems.error(
                    path,
                    "'" + displayed + "' is on one node of the cluster and not visible to the others.",
                    "Use s3://, or a plain path for a file on this computer.");
        } else {
            return true;
        }
        return false;
    }

    /** A cluster cannot write to this computer. */
    boolean checkLocalOutput(String path) {
        if (rules.seesLocalFiles()) {
            return true;
        }
        problems.error(
                path,
                "is a local path, which a cluster cannot write to.",
                "Use s3://, or remove it and fetch the output.");
        return false;
    }
}
