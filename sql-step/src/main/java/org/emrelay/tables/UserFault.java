package org.emrelay.tables;

import java.util.Objects;

/**
 * A mistake that only the user can fix, reported as one message without a stack trace.
 *
 * spark-submit prints the message last. Thrown from {@code main} it still fails the YARN application. The runner
 * recognizes the exception by its simple name and shows only the message.
 */
public final class UserFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserFault(String message) {
        super(Objects.requireNonNull(message, "message"), null, false, false);
    }
}
