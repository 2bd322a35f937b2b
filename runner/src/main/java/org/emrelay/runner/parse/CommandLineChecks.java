package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.abbreviate;
import static org.emrelay.runner.parse.Problems.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emrelay.runner.model.Argument;

/** Checks arguments, URIs and other text that reaches a step's command line. */
record CommandLineChecks(PlatformRules rules, SecretText secrets, Problems problems) {
    private static final Pattern S3 = Pattern.compile("(?i)s3[an]?:.*", Pattern.DOTALL);
    private static final Pattern S3_WITH_BUCKET = Pattern.compile("(?i)s3[an]?://[^/]+(/.*)?", Pattern.DOTALL);

    /** What YARN's container launcher silently replaces; no escape prevents it. */
    private static final List<String> REPLACED_BY_YARN = List.of("{{", "}}", "<LOG_DIR>", "<CPS>", "<ADD_OPENS>");

    /** Builds an argument from its parts and checks it. */
    Argument argument(List<Argument.Part> parts, String path) {
        Argument argument = new Argument(mergeAdjacent(splitSecrets(mergeAdjacent(parts))));
        for (Argument.Part part : argument.parts()) {
            if (part instanceof Argument.Literal literal) {
                checkText(literal.text(), path);
            } else if (part instanceof Argument.Secret secret) {
                checkText(secret.text(), path);
            }
        }
        if (rules.showsArguments() && argument.isSecret()) {
            problems.error(
                    path,
                    "is or contains a secret, but EMR shows step arguments to everyone who can describe the cluster.",
                    "Read it in the job from AWS Secrets Manager or an SSM parameter, or grant access through the instance"
                            + " profile. If it is not a secret, list its name in not_secret.");
        }
        return argument;
    }

    private List<Argument.Part> splitSecrets(List<Argument.Part> parts) {
        return parts.stream()
                .flatMap(part -> part instanceof Argument.Literal literal
                        ? secrets.parts(literal.text()).stream()
                        : Stream.of(part))
                .toList();
    }

    /** Merges adjacent parts, so that equal text has equal parts no matter how it was composed. */
    private static List<Argument.Part> mergeAdjacent(List<Argument.Part> parts) {
        List<Argument.Part> merged = new ArrayList<>();
        for (Argument.Part part : parts) {
            Argument.Part last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last instanceof Argument.Literal before && part instanceof Argument.Literal literal) {
                merged.set(merged.size() - 1, new Argument.Literal(before.text() + literal.text()));
            } else if (last instanceof Argument.Secret before && part instanceof Argument.Secret secret) {
                merged.set(merged.size() - 1, new Argument.Secret(before.text() + secret.text()));
            } else {
                merged.add(part);
            }
        }
        return merged.isEmpty() ? List.of(new Argument.Literal("")) : merged;
    }

    void checkText(String text, String path) {
        for (String replaced : REPLACED_BY_YARN) {
            if (text.contains(replaced)) {
                problems.error(
                        path,
                        "the text contains '" + replaced
                                + "', which YARN would replace when it launches the container.",
                        "Put a space between its characters, or pass the text in a file.");
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
        } else if (secrets.hasSecret(uri)) {
            problems.error(
                    path,
                    "the URI contains a secret, which would be printed.",
                    "Pass it in args, env or spark_conf. If it is not a secret, list its name in not_secret.");
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

    /** Checks the URI of an input, and warns of a pattern, whose files Emrelay does not see. */
    boolean checkInputUri(String uri, String path) {
        if (!checkUri(uri, path)) {
            return false;
        } else if (problems.isInvalid(path)) {
            return true;
        }
        if (LocalFiles.isPattern(uri)
                && rules.seesLocalFiles()
                && S3.matcher(uri).matches()) {
            problems.warning(
                    path,
                    quoted(uri) + " is a pattern, and a local run looks for an object of this name.",
                    "Name a prefix: all objects below it are downloaded.");
        } else if (LocalFiles.isPattern(uri)) {
            problems.warning(
                    path,
                    quoted(uri) + " is a pattern. Spark expands it when the step runs, so --resume reuses the step's"
                            + " result although files that match were added or changed.",
                    "Use --rerun for the step then.");
        }
        return true;
    }

    /** Where a step writes beside its output: nodes of a cluster get access to it. */
    void checkWrites(String location, String path) {
        if (!LocalFiles.isUri(location)) {
            checkLocalOutput(path);
        } else if (checkUri(location, path)) {
            if (!S3.matcher(location).matches()) {
                problems.error(
                        path, quoted(location) + " is not in S3.", "Only S3 needs permission to write: remove it.");
            } else if (LocalFiles.isPattern(location)) {
                problems.error(
                        path, quoted(location) + " is a pattern.", "Name a folder: everything below it is included.");
            }
        }
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
