package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Marks a directory as a workspace, so that a project directory is never taken for one. */
final class WorkspaceMarker {
    static final String FILE = ".emrelay-workspace";
    private static final String TEXT =
            "This directory is a workspace of Emrelay, which may delete what it made here.\n";

    /** What versions without a marker wrote when they made a workspace. */
    private static final Pattern UNMARKED = Pattern.compile("workspace-id|local-[0-9a-f]{8}\\.json");

    private WorkspaceMarker() {}

    /** Makes a directory a workspace, unless it is one already. */
    static void mark(Path directory) throws IOException {
        if (isWorkspace(directory)) {
            return;
        }
        // Written before everything else: another process finds either an empty directory or a workspace.
        try (Stream<Path> children = Files.list(directory)) {
            if (children.anyMatch(child -> !child.endsWith(FILE))) {
                throw new NotAWorkspaceException(directory);
            }
        }
        write(directory);
    }

    static void write(Path directory) throws IOException {
        try {
            Files.writeString(
                    directory.resolve(FILE),
                    TEXT,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException marked) {
            // Another process was faster.
        }
    }

    private static boolean isWorkspace(Path directory) throws IOException {
        if (Files.isRegularFile(directory.resolve(FILE), LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        Path clusters = directory.resolve("cluster-fleet");
        if (!Files.isDirectory(clusters)) {
            return false;
        }
        try (Stream<Path> files = Files.list(clusters)) {
            return files.anyMatch(
                    file -> UNMARKED.matcher(file.getFileName().toString()).matches());
        }
    }
}
