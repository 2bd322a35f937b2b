package org.emrelay.runner.parse;

import java.util.Locale;
import java.util.regex.Pattern;
import org.emrelay.runner.model.Target;

/** Checks the texts that reach a step's command, and the URIs among them. */
final class UriChecks {
    private static final Pattern S3 = Pattern.compile("(?i)s3[an]?:.*", Pattern.DOTALL);
    private static final Pattern S3_WITH_BUCKET = Pattern.compile("(?i)s3[an]?://[^/]+(/.*)?", Pattern.DOTALL);

    private final Target target;
    private final Problems problems;

    UriChecks(Target target, Problems problems) {
        this.target = target;
        this.problems = problems;
    }

    /** What the launcher of YARN does to these braces would change the text without a word. */
    void checkText(String text, String path) {
        for (String braces : new String[] {"{{", "}}"}) {
            if (text.contains(braces)) {
                problems.error(
                        path,
                        "the text holds '" + braces + "', which YARN would change on its way to the script.",
                        "Put a space between the braces, or pass the text in a file.");
            }
        }
        if (text.indexOf('\0') >= 0) {
            problems.error(path, "the text holds a NUL character, which no command line can.", "");
        }
    }

    boolean checkUri(String uri, String path) {
        checkText(uri, path);
        String shown = RecordBinder.shortened(uri);
        if (uri.isBlank()) {
            problems.error(path, "is empty.", "");
        } else if (S3.matcher(uri).matches() && !S3_WITH_BUCKET.matcher(uri).matches()) {
            problems.error(path, "'" + shown + "' names no bucket.", "Write s3://bucket/key.");
        } else if (target == Target.EMR && uri.toLowerCase(Locale.ROOT).startsWith("file:")) {
            problems.error(
                    path,
                    "'" + shown + "' is a place on one node of the cluster, which the others do not see.",
                    "Use s3://, or for a file of this machine its path alone.");
        } else {
            return true;
        }
        return false;
    }

    /** A place of this machine is no use to a cluster. */
    boolean checkOutputPath(String path) {
        if (target != Target.EMR) {
            return true;
        }
        problems.error(
                path,
                "is a place on this machine, where a cluster cannot write.",
                "Write to s3://, or leave it out and fetch the output.");
        return false;
    }
}
