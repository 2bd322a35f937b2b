package org.emrelay.runner.run;

import java.util.Objects;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.LastOutput;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt failed. All texts except the reason may be empty.
 *
 * @param reason the platform's reason, such as {@code exit code 1}
 * @param cause the root-cause exception
 * @param where the log lines of the cause
 * @param log the location of the attempt's log
 * @param lastOutput what the program printed last, null where the cause explains the failure
 */
public record Failure(
        String reason,
        String cause,
        String where,
        String hint,
        String log,
        @Nullable LastOutput lastOutput) {
    public Failure {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(hint, "hint");
        Objects.requireNonNull(log, "log");
    }

    public Failure(String reason, String cause, String where, String hint, String log) {
        this(reason, cause, where, hint, log, null);
    }

    static Failure of(String reason, String hint, String log) {
        return new Failure(reason, "", "", hint, log);
    }

    public Failure withDiagnosis(Diagnosis diagnosis) {
        return new Failure(
                reason, diagnosis.cause(), diagnosis.location(), diagnosis.hint(), log, diagnosis.lastOutput());
    }
}
