package org.emrelay.jobs;

import java.util.Objects;

/**
 * A mistake that only the one who started the job can mend, told in one sentence; it has no stack trace, so that the
 * sentence is what spark-submit prints last, while thrown from {@code main} it still fails the application on YARN. By
 * its simple name the runner knows to show the sentence alone.
 */
public final class UserFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserFault(String sentence) {
        super(Objects.requireNonNull(sentence, "sentence"), null, false, false);
    }
}
