package org.emrelay.runner.platform.aws.client;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.platform.aws.resource.Owner;

/** A guard refuses the operation, such as a name that is taken. The message names the guard and the remedy. */
public final class RefusedException extends RunnerException {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(ExitCode.REFUSED, message);
    }

    /**
     * A resource of the wanted name exists but does not carry our owner tags.
     *
     * @param resource such as {@code The role x}
     */
    public static RefusedException notOwned(String resource, Owner owner) {
        return new RefusedException(resource + " already exists, and its tags do not match this workspace and "
                + owner.kind() + ". It was not changed. Choose another name " + owner.renaming() + ".");
    }
}
