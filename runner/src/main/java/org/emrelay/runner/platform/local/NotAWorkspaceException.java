package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;

/** A directory holds files of the user's and is not a workspace: it must not become one. */
final class NotAWorkspaceException extends RunnerException {
    private static final long serialVersionUID = 1L;

    NotAWorkspaceException(Path directory) {
        super(
                ExitCode.REFUSED,
                directory + " is not a workspace of Emrelay, and it is not empty. Pass a new or an empty directory as"
                        + " --workspace.");
    }
}
