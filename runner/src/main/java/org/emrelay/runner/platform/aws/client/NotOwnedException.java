package org.emrelay.runner.platform.aws.client;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;

/** A resource of the wanted name exists but does not carry our owner tags. */
public final class NotOwnedException extends RunnerException {
    private static final long serialVersionUID = 1L;

    /** @param resource such as {@code The role x} */
    public NotOwnedException(String resource) {
        super(
                ExitCode.REFUSED,
                resource + " already exists, and its tags do not match this workspace and cluster."
                        + " It was not changed. Choose another name with -c.");
    }
}
