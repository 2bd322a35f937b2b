package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prevents a mistyped output path from deleting anything but an output. */
record DeletionGuard(Path workspace, List<Path> protectedPaths) {
    private static final int MIN_DEPTH = 2;

    DeletionGuard {
        protectedPaths = List.copyOf(protectedPaths);
    }

    static DeletionGuard of(Path workspace) {
        return new DeletionGuard(
                workspace, List.of(workspace, Path.of("").toAbsolutePath(), Path.of(System.getProperty("user.home"))));
    }

    /**
     * Rejects paths that may contain more than one output: top-level directories of the file system or the workspace, the home
     * directory and the current directory.
     */
    void check(Path output) throws IOException {
        Path real = real(output);
        boolean isTooShallow = real.getNameCount() < MIN_DEPTH
                || (real.startsWith(workspace) && real.getNameCount() < workspace.getNameCount() + MIN_DEPTH);
        if (isTooShallow || protectedPaths.stream().anyMatch(path -> path.startsWith(real))) {
            throw new IOException("Refusing to delete " + output
                    + ": it may contain more than an output. Use a dedicated directory for" + " the output.");
        }
    }

    /** Resolves symbolic links in the parent: a harmless path could lead to a protected one. A link as last name is only unlinked. */
    private static Path real(Path output) throws IOException {
        Path parent = output.getParent();
        return parent != null && Files.exists(parent)
                ? parent.toRealPath().resolve(output.getFileName())
                : output.normalize();
    }
}
