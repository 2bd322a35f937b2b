package org.emrelay.runner.diagnosis;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The root cause of a failed step, found in its log.
 *
 * @param message the exception or error message, without the stack trace; a few lines at most
 * @param firstLine the first line of the cause in the log, counted from 1
 * @param lastLine the last line of the cause, including its stack trace
 * @param hint how to fix it; empty if unknown
 */
public record Cause(String message, int firstLine, int lastLine, String hint) {
    private static final Pattern STATUS_REPORT = Pattern.compile(
            "Application application_\\S+ (?:finished with|failed \\d+ times(?!.*exitCode: (?:137|-10[34])\\b))"
                    + "|User application exited with (?:status )?\\d+|^Container exited with a non-zero exit code (?!137|143)");

    public Cause {
        Objects.requireNonNull(hint, "hint");
        if (message.isBlank()) {
            throw new IllegalArgumentException("message is blank");
        }
        if (firstLine < 1 || lastLine < firstLine) {
            throw new IllegalArgumentException("invalid line range: " + firstLine + " to " + lastLine);
        }
    }

    /** Whether this log only reports that a YARN application failed, so the root cause is in the driver's own log. */
    public boolean isInDriverLog() {
        return STATUS_REPORT.matcher(message).find();
    }
}
