package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.platform.file.FileTree;

/** Deletes what Emrelay made in a workspace. The user may keep files of their own in the same directories. */
final class WorkspaceContents {
    private static final String RUN = "\\d{8}-\\d{6}-[0-9a-f]{4}";
    private static final String HASH = "[0-9a-f]{16,64}";
    private static final String TEMPORARY = "\\..+\\.(tmp|fetch)";

    /** The names that Emrelay gives, by directory. They contain hashes or run ids: a user's file is not called so. */
    private static final Map<String, Pattern> NAMES = Map.of(
            "scripts", names(HASH),
            "input", names(HASH),
            "cache", names(HASH),
            "output", names("[^/]+/(" + RUN + "|latest)"),
            "logs", names(RUN, "spark/" + RUN, "spark/" + TEMPORARY, "\\.processes"),
            "runs", names(RUN),
            "run-digests", names(RUN),
            "cluster-fleet", names("workspace-id", "local-[0-9a-f]{8}\\.json", "(emr|of|stream)-.*@.*\\.jsonl"));

    /** Deleted last: they name the clusters, mark the workspace and lock it, so that an interrupted deletion can be repeated. */
    private static final List<String> LAST =
            List.of("cluster-fleet", WorkspaceLock.FOLDER, "lock.json", WorkspaceMarker.FILE, WorkspaceLock.GUARD);

    private final List<Path> foreign = new ArrayList<>();

    private WorkspaceContents() {}

    private static Pattern names(String... own) {
        return Pattern.compile(
                Stream.concat(Stream.of(own), Stream.of(TEMPORARY)).collect(Collectors.joining("|")));
    }

    /** Deletes all but what must go last. Returns what stays, which Emrelay did not make. */
    static List<Path> delete(Path workspace) throws IOException {
        WorkspaceMarker.write(workspace);
        WorkspaceContents contents = new WorkspaceContents();
        for (Path child : children(workspace)) {
            contents.delete(child, child.getFileName().toString());
        }
        return contents.foreign.stream().sorted().toList();
    }

    private void delete(Path child, String name) throws IOException {
        Pattern names = NAMES.get(name);
        if (names != null && isDirectory(child)) {
            if (!LAST.contains(name)) {
                deleteBelow(child, child, names);
            }
        } else if (!LAST.contains(name)) {
            foreign.add(child);
        }
    }

    /** Deletes the rest, and the directory itself if it is empty then. */
    static void deleteLast(Path workspace) throws IOException {
        WorkspaceContents contents = new WorkspaceContents();
        for (String name : LAST) {
            Path child = workspace.resolve(name);
            Pattern names = NAMES.get(name);
            if (names == null) {
                FileTree.delete(child);
            } else if (isDirectory(child)) {
                contents.deleteBelow(child, child, names);
            }
        }
        deleteIfEmpty(workspace);
    }

    private void deleteBelow(Path root, Path directory, Pattern names) throws IOException {
        for (Path child : children(directory)) {
            if (names.matcher(root.relativize(child).toString()).matches() || isInputLink(root, child)) {
                FileTree.delete(child);
            } else if (isDirectory(child) && containsMatch(root, child, names)) {
                deleteBelow(root, child, names);
            } else {
                foreign.add(child);
            }
        }
        deleteIfEmpty(directory);
    }

    /** Inputs of the original form keep their names. They are links, and unlinking loses nothing. */
    private static boolean isInputLink(Path root, Path child) {
        return root.endsWith("input") && Files.isSymbolicLink(child);
    }

    private static boolean containsMatch(Path root, Path directory, Pattern names) throws IOException {
        return children(directory).stream()
                .anyMatch(child ->
                        names.matcher(root.relativize(child).toString()).matches());
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        }
    }

    private static void deleteIfEmpty(Path directory) throws IOException {
        if (children(directory).isEmpty()) {
            Files.delete(directory);
        }
    }
}
