package org.emrelay.runner.fakeaws.firehose;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.emrelay.runner.fakeaws.wire.AwsError;

/** The expressions in the prefix of a delivery stream. */
final class FirehosePrefix {
    private static final Pattern EXPRESSION = Pattern.compile("!\\{([^:}]*):([^}]*)}");

    private FirehosePrefix() {}

    static boolean hasExpression(String prefix) {
        return prefix.contains("!{");
    }

    static boolean hasErrorType(String prefix) {
        return prefix.contains("!{firehose:error-output-type}");
    }

    /** Throws {@link AwsError} if an expression is unknown. */
    static void validate(String prefix) {
        evaluate(prefix, Instant.EPOCH, "processing-failed", "random");
    }

    /** @param time when the oldest record arrived */
    static String evaluate(String prefix, Instant time, String errorType, String random) {
        String evaluated = EXPRESSION.matcher(prefix).replaceAll(match -> value(match, time, errorType, random));
        if (hasExpression(evaluated)) {
            throw invalid(prefix);
        }
        return evaluated;
    }

    private static String value(MatchResult expression, Instant time, String errorType, String random) {
        String argument = expression.group(2);
        return switch (expression.group(1)) {
            case "timestamp" -> DateTimeFormatter.ofPattern(argument).format(time.atOffset(ZoneOffset.UTC));
            case "firehose" ->
                switch (argument) {
                    case "error-output-type" -> errorType;
                    case "random-string" -> random;
                    default -> throw invalid(expression.group());
                };
            default -> throw invalid(expression.group());
        };
    }

    private static AwsError invalid(String expression) {
        return new AwsError(400, "InvalidArgumentException", "Prefix expression " + expression + " is not valid.");
    }
}
