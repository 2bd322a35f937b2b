package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.EventLogs;
import org.emrelay.runner.platform.OutputFiles;
import org.emrelay.runner.platform.file.FileTree;
import org.emrelay.runner.platform.file.MountPoints;

/**
 * The directories of a run in a workspace.
 *
 * @param output the outputs that have no location of their own
 * @param eventLogs what Spark logged for reports
 */
public record RunFolders(Path output, Path logs, Path eventLogs) {
    /** Marks what is being deleted. A deletion of the workspace knows the suffix. */
    private static final String REMOVED = ".removed.tmp";

    public RunFolders {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(logs, "logs");
        Objects.requireNonNull(eventLogs, "eventLogs");
    }

    public static RunFolders of(LocalWorkspace workspace, String pipeline, RunId run) {
        Path directory = workspace.directory();
        return new RunFolders(
                directory.resolve("output").resolve(pipeline).resolve(run.value()),
                directory.resolve("logs").resolve(run.value()),
                directory.resolve(EventLogs.of(run)));
    }

    /** The size of the files in all of them. */
    public long bytes() throws IOException {
        return FileTree.bytes(output) + FileTree.bytes(logs) + FileTree.bytes(eventLogs);
    }

    /**
     * The size of the outputs of these steps.
     *
     * @param needed folders that do not count
     */
    public long bytes(List<StepName> steps, Set<Path> needed) throws IOException {
        long bytes = 0;
        for (StepName step : steps) {
            for (Path path : LocalReferences.deletable(output.resolve(step.folder()), needed)) {
                bytes += FileTree.bytes(path);
            }
        }
        return bytes;
    }

    /** The size of the logs. */
    public long logBytes() throws IOException {
        long bytes = 0;
        for (Path directory : List.of(logs, eventLogs)) {
            bytes += isOwned(directory) ? FileTree.bytes(directory) : 0;
        }
        return bytes;
    }

    /**
     * Those of these steps that have an output here, not behind a symbolic link.
     *
     * @param needed folders that do not count
     */
    public List<StepName> withOutput(List<StepName> steps, Set<Path> needed) throws IOException {
        List<StepName> found = new ArrayList<>();
        for (StepName step : steps) {
            Path path = output.resolve(step.folder());
            if (isOwned(path) && !LocalReferences.deletable(path, needed).isEmpty()) {
                found.add(step);
            }
        }
        return found;
    }

    private static boolean isOwned(Path path) throws IOException {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && path.toRealPath().equals(path);
    }

    /**
     * Makes the outputs of steps and the logs disappear at once. Returns what has to be deleted, also what an interrupted deletion has
     * left.
     *
     * @param needed folders in the outputs that stay
     */
    public List<Path> remove(List<StepName> steps, Set<Path> needed) throws IOException {
        MountPoints mounts = MountPoints.read();
        for (StepName step : withOutput(steps, needed)) {
            Path path = output.resolve(step.folder());
            mounts.requireNoneBelow(path);
            List<Path> deletable = LocalReferences.deletable(path, needed);
            if (!deletable.contains(path)) {
                // The rest is not what the step has written, and is no change by the user.
                Files.writeString(path.resolve(OutputFiles.PARTLY_DELETED), "");
            }
            for (Path each : deletable) {
                hide(each, output);
            }
        }
        for (Path directory : List.of(logs, eventLogs)) {
            if (isOwned(directory)) {
                mounts.requireNoneBelow(directory);
                hide(directory, Objects.requireNonNull(directory.getParent()));
            }
        }
        List<Path> removed = new ArrayList<>();
        if (isOwned(output)) {
            addRemoved(output, "", removed);
        }
        for (Path directory : List.of(logs, eventLogs)) {
            addRemoved(Objects.requireNonNull(directory.getParent()), "." + directory.getFileName(), removed);
        }
        return removed;
    }

    private static void hide(Path path, Path directory) throws IOException {
        String name = "." + path.getFileName() + ".";
        Path hidden = directory.resolve(name + Long.toHexString(System.nanoTime()) + REMOVED);
        while (Files.exists(hidden, LinkOption.NOFOLLOW_LINKS)) {
            hidden = directory.resolve(name + Long.toHexString(System.nanoTime()) + REMOVED);
        }
        FileTree.move(path, hidden);
    }

    private static void addRemoved(Path directory, String prefix, List<Path> removed) throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> children = Files.list(directory)) {
                children.filter(child -> {
                            String name = String.valueOf(child.getFileName());
                            return name.startsWith(prefix) && name.endsWith(REMOVED);
                        })
                        .forEach(removed::add);
            }
        }
    }

    /** Deletes what was removed, and the directory of the outputs if it is empty then. */
    public void delete(List<Path> removed) throws IOException {
        for (Path path : removed) {
            FileTree.delete(path);
        }
        if (Files.isDirectory(output, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.delete(output);
            } catch (DirectoryNotEmptyException needed) {
                // It has outputs that can be reused, or files of the user.
            }
        }
    }
}
