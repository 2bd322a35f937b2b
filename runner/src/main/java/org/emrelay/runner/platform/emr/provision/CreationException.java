package org.emrelay.runner.platform.emr.provision;

import org.jspecify.annotations.Nullable;

/** A cluster was not made; the message says what AWS refused, and what became of that which was made before. */
public final class CreationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CreationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
