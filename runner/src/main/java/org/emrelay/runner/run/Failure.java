package org.emrelay.runner.run;

import java.util.Objects;
import org.emrelay.runner.platform.Diagnosis;

/**
 * Why an attempt failed. All but the reason may be empty.
 *
 * @param reason what the platform said
 * @param cause the exception that matters
 * @param where the log's lines that tell of it
 * @param log where the attempt's log lies
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

    /** The same failure once its cause is found. */
    public Failure because(Diagnosis diagnosis) {
        return diagnosed(reason, diagnosis, log);
    }

    static Failure diagnosed(String reason, Diagnosis diagnosis, String log) {
        return new Failure(reason, diagnosis.cause(), diagnosis.where(), diagnosis.hint(), log);
    }
}
