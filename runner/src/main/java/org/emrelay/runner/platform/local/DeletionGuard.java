package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Keeps a mistyped output from costing somebody more than an output. */
record DeletionGuard(Path workspace, List<Path> precious) {
    private static final int SHALLOWEST = 2;

    DeletionGuard {
        precious = List.copyOf(precious);
    }

    static DeletionGuard of(Path workspace) {
        return new DeletionGuard(
                workspace, List.of(workspace, Path.of("").toAbsolutePath(), Path.of(System.getProperty("user.home"))));
    }

    /** Refuses what holds more than one output: a top folder of the machine or the workspace, a home, where we stand. */
    void check(Path output) throws IOException {
        Path real = real(output);
        boolean shallow = real.getNameCount() < SHALLOWEST
                || (real.startsWith(workspace) && real.getNameCount() < workspace.getNameCount() + SHALLOWEST);
        if (shallow || precious.stream().anyMatch(path -> path.startsWith(real))) {
            throw new IOException(
                    output + " is not removed to make room for an output, for much else may be there. Name a folder of"
                            + " its own for the output.");
        }
    }

    /** A link in the way could make a harmless name of a precious place; the last name itself is only unlinked. */
    private static Path real(Path output) throws IOException {
        Path parent = output.getParent();
        return parent != null && Files.exists(parent)
                ? parent.toRealPath().resolve(output.getFileName())
                : output.normalize();
    }
}
