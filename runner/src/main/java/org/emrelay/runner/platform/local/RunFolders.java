package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.emrelay.runner.model.RunId;

/**
 * The directories of a run in a workspace.
 *
 * @param output the outputs that have no location of their own
 */
public record RunFolders(Path output, Path logs) {
    public RunFolders {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(logs, "logs");
    }

    public static RunFolders of(LocalWorkspace workspace, String pipeline, RunId run) {
        Path directory = workspace.directory();
        return new RunFolders(
                directory.resolve("output").resolve(pipeline).resolve(run.value()),
                directory.resolve("logs").resolve(run.value()));
    }

    /** The size of the files in both. */
    public long bytes() throws IOException {
        return FileTree.bytes(output) + FileTree.bytes(logs);
    }
}
