package org.emrelay.runner.platform.emr.provision;

import org.jspecify.annotations.Nullable;

/** A cluster creation failed. The message gives the AWS error and the result of the rollback. */
public final class CreationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CreationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
