package org.emrelay.runner.run;

import java.util.Objects;
import org.emrelay.runner.platform.Diagnosis;

/**
 * Why an attempt failed. All components except the reason may be empty.
 *
 * @param reason the platform's reason, such as {@code exit code 1}
 * @param cause the root-cause exception
 * @param where the log lines of the cause
 * @param log the location of the attempt's log
 */
public record Failure(String reason, String cause, String where, String hint, String log) {
    public Failure {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(hint, "hint");
        Objects.requireNonNull(log, "log");
    }

    static Failure of(String reason, String hint, String log) {
        return new Failure(reason, "", "", hint, log);
    }

    public Failure withDiagnosis(Diagnosis diagnosis) {
        return new Failure(reason, diagnosis.cause(), diagnosis.location(), diagnosis.hint(), log);
    }
}
