package org.emrelay.runner.platform.local;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;

/** The owner of a workspace's directory, who can replace the programs and results in it. */
final class WorkspaceOwner {
    private static final long ROOT = 0;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** The workspace of another user, which the command line does not name. */
    static final class ForeignWorkspaceException extends RunnerException {
        private static final long serialVersionUID = 1L;

        ForeignWorkspaceException(Path directory, String owner) {
            super(
                    ExitCode.REFUSED,
                    "Workspace " + directory + " belongs to user " + owner
                            + ", who can change what runs in it. To use it anyway, pass --workspace " + directory
                            + ".");
        }
    }

    private WorkspaceOwner() {}

    /**
     * Refuses a directory of a user other than this one and root. Withdraws the rights of others from an own one.
     *
     * @param isNamed whether the user named the directory, and so trusts its owner
     */
    static void check(Path directory, boolean isNamed) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            check(directory, isNamed, new UnixSystem().getUid());
        }
    }

    static void check(Path directory, boolean isNamed, long user) throws IOException {
        Number attribute = (Number) Files.getAttribute(directory, "unix:uid");
        long owner = Objects.requireNonNull(attribute, "uid").longValue();
        if (owner != user && owner != ROOT && !isNamed) {
            throw new ForeignWorkspaceException(
                    directory, Files.getOwner(directory).getName());
        } else if (owner == user && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(directory))) {
            Files.setPosixFilePermissions(directory, OWNER_ONLY);
        }
    }
}
