package org.emrelay.runner.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Prevents a mistyped location from deleting more than one output. A location is the list of its path segments.
 *
 * @param workspace empty for none
 * @param others further locations that must not be deleted
 */
public record DeletionGuard(List<String> workspace, List<List<String>> others) {
    private static final int MIN_DEPTH = 2;

    public DeletionGuard {
        workspace = List.copyOf(workspace);
        others = List.copyOf(others);
    }

    /** Protects the home directory and the current directory too. */
    public static DeletionGuard ofDirectories(List<String> workspace) {
        List<List<String>> others = new ArrayList<>();
        others.add(segments(Path.of("").toAbsolutePath()));
        // Java reads the home directory from the user database; HOME may differ.
        for (String home : new String[] {System.getProperty("user.home"), System.getenv("HOME")}) {
            if (home != null && home.startsWith("/")) {
                others.add(segments(Path.of(home).normalize()));
            }
        }
        return new DeletionGuard(workspace, others);
    }

    public static List<String> segments(Path path) {
        List<String> segments = new ArrayList<>();
        path.forEach(name -> segments.add(name.toString()));
        return segments;
    }

    /** Whether it is neither at the top level, of the file system or of the workspace, nor contains what is protected. */
    public boolean allows(List<String> location) {
        boolean isTopLevel = location.size() < MIN_DEPTH
                || (contains(workspace, location) && location.size() < workspace.size() + MIN_DEPTH);
        return !isTopLevel
                && !contains(location, workspace)
                && others.stream().noneMatch(other -> contains(location, other));
    }

    private static boolean contains(List<String> location, List<String> other) {
        return other.size() >= location.size()
                && other.subList(0, location.size()).equals(location);
    }
}
