package org.emrelay.runner.report.overview;

import java.util.List;
import java.util.Objects;

/**
 * The failure of a step. All texts except the reason may be empty.
 *
 * @param reason the platform's, such as {@code exit code 1}
 * @param cause the root cause in the log
 * @param where the log and the lines of the cause
 * @param lastOutput the last output of the program, if the log shows no cause
 */
public record FailureOverview(
        String reason, String cause, String where, String hint, String log, List<String> lastOutput) {
    public FailureOverview {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(hint, "hint");
        Objects.requireNonNull(log, "log");
        lastOutput = List.copyOf(lastOutput);
    }
}
