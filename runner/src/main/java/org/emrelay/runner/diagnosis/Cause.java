package org.emrelay.runner.diagnosis;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Why a step failed, as its log tells it.
 *
 * @param message one to a few lines: the exception or the sentence that matters, without its stack
 * @param firstLine the line of the log, counted from 1, at which it begins
 * @param lastLine the last of its lines, stack included
 * @param hint what to do about it in a plain sentence, empty where only the message can tell
 */
public record Cause(String message, int firstLine, int lastLine, String hint) {
    private static final Pattern ELSEWHERE = Pattern.compile(
            "Application application_\\S+ (?:finished with|failed \\d+ times(?!.*exitCode: (?:137|-10[34])\\b))"
                    + "|User application exited with (?:status )?\\d+|^Container exited with a non-zero exit code (?!137|143)");

    public Cause {
        Objects.requireNonNull(hint, "hint");
        if (message.isBlank()) {
            throw new IllegalArgumentException("A cause needs a message.");
        }
        if (firstLine < 1 || lastLine < firstLine) {
            throw new IllegalArgumentException("No lines of a log: " + firstLine + " to " + lastLine + ".");
        }
    }

    /** Whether this log only reports that an application failed, so that the driver's own log must tell why. */
    public boolean liesElsewhere() {
        return ELSEWHERE.matcher(message).find();
    }
}
