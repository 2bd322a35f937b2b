package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.emrelay.runner.plan.FileHashes;
import org.emrelay.runner.platform.file.FileTree;

/**
 * A directory of fetched results: one subdirectory per step.
 *
 * <p>A marker lists the files that were fetched. Only these are replaced, and only while they are unchanged; all others are the user's.
 */
public final class ResultsDirectory {
    private static final String LOCK = ".emrelay-results.lock";

    /** Spark ends each output with it. The names of the other files are known only when the output is. */
    private static final String CERTAIN_FILE = "_SUCCESS";

    private final Path directory;
    private final boolean overwrite;
    private final Function<List<Path>, FileHashes> hasher;

    /** Copies an output to a directory that does not exist yet. */
    public interface Download {
        void to(Path target) throws IOException;
    }

    /** @param overwrite whether to replace the user's files too */
    public ResultsDirectory(Path directory, boolean overwrite, Function<List<Path>, FileHashes> hasher) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.overwrite = overwrite;
        this.hasher = Objects.requireNonNull(hasher, "hasher");
    }

    /** The directory of a step's results. */
    public Path of(String step) {
        return directory.resolve(step);
    }

    /** Refuses what the results of these steps would certainly overwrite, before work is done for them. */
    public void check(List<String> steps) throws IOException {
        requireWritable();
        ResultsMarker marker = ResultsMarker.read(directory);
        ResultsConflicts conflicts = new ResultsConflicts(directory);
        for (String step : steps) {
            if (Files.exists(of(step), LinkOption.NOFOLLOW_LINKS) && !isDirectory(of(step))) {
                conflicts.addForeign(step);
            } else {
                Set<String> names = new TreeSet<>(marker.filesOf(step));
                names.add(step + "/" + CERTAIN_FILE);
                addConflicts(names, marker, Map.of(), conflicts);
            }
        }
        if (!overwrite) {
            conflicts.refuse("");
        }
    }

    private void requireWritable() {
        Path existing = directory;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            throw new ResultsRefusedException(
                    existing + " is not a directory. Pass another directory for the results with --to.");
        } else if (!Files.isWritable(existing)) {
            throw new ResultsRefusedException(
                    existing + " is not writable. Pass another directory for the results with --to.");
        }
    }

    /**
     * Replaces the results of a step.
     *
     * @param origin where the output stays, for the message if it is not fetched
     */
    public Path replace(String step, String origin, Download download) throws IOException {
        Files.createDirectories(directory);
        Path lock = directory.resolve(LOCK);
        // Two runs may fetch into the same directory. The second one waits.
        FileMutex.hold(lock, () -> {
            Path staging = directory.resolve(".emrelay-" + step);
            try {
                FileTree.delete(staging);
                download.to(staging);
                install(step, staging, origin);
            } finally {
                FileTree.delete(staging);
                Files.deleteIfExists(lock);
            }
        });
        return of(step);
    }

    private void install(String step, Path staging, String origin) throws IOException {
        ResultsMarker marker = ResultsMarker.read(directory);
        Map<String, String> fetched = fetched(step, staging);
        if (!overwrite) {
            ResultsConflicts conflicts = new ResultsConflicts(directory);
            addConflicts(fetched.keySet(), marker, fetched, conflicts);
            conflicts.refuse(" The output is kept: " + origin + ".");
        }
        // Before the first file changes: after a crash, both the previous and the new files are known to be ours.
        marker.with(fetched).write(directory);
        Files.createDirectories(cleared(step));
        for (String name : fetched.keySet()) {
            Path target = cleared(name);
            Files.createDirectories(Objects.requireNonNull(target.getParent(), "below the directory"));
            FileTree.move(staging.resolve(name.substring(step.length() + 1)), target);
        }
        for (String previous : marker.filesOf(step)) {
            if (!fetched.containsKey(previous) && isUnchanged(previous, marker)) {
                deleteWithEmptyParents(previous);
            }
        }
        marker.without(step).with(fetched).write(directory);
    }

    /** The fetched files with their hashes. */
    private Map<String, String> fetched(String step, Path staging) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(staging)) {
            files = tree.filter(Files::isRegularFile).toList();
        }
        FileHashes hashes = hasher.apply(files);
        Map<String, String> fetched = new TreeMap<>();
        for (Path file : files) {
            fetched.put(step + "/" + staging.relativize(file), hashes.get(file));
        }
        return fetched;
    }

    /** Makes place for a file or directory, where the user agreed to overwrite what is in its way. */
    private Path cleared(String name) throws IOException {
        Path path = directory;
        for (Path part : Path.of(name)) {
            path = path.resolve(part);
            boolean isLast = path.equals(directory.resolve(name));
            if (!isLast && Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isDirectory(path)) {
                Files.delete(path);
            }
        }
        if (name.contains("/") ? isDirectory(path) : !isDirectory(path)) {
            FileTree.delete(path);
        }
        return path;
    }

    /** @param fetched hashes of the new files; a file with the same content does not conflict */
    private void addConflicts(
            Set<String> names, ResultsMarker marker, Map<String, String> fetched, ResultsConflicts conflicts) {
        for (String name : names) {
            String obstacle = obstacle(name);
            Path file = directory.resolve(name);
            if (!obstacle.isEmpty()) {
                conflicts.addForeign(obstacle);
            } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                String hash = hasher.apply(List.of(file)).get(file);
                if (marker.hashes(name).isEmpty() && !hash.equals(fetched.get(name))) {
                    conflicts.addForeign(name);
                } else if (!marker.hashes(name).isEmpty()
                        && !marker.hashes(name).contains(hash)
                        && !hash.equals(fetched.get(name))) {
                    conflicts.addEdited(name);
                }
            }
        }
    }

    /** What is in the way of a file: a file or link in place of one of its directories, or anything but a file in its own place. */
    private String obstacle(String name) {
        Path path = directory;
        for (Path part : Path.of(name)) {
            path = path.resolve(part);
            boolean isLast = path.equals(directory.resolve(name));
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    && (isLast ? !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) : !isDirectory(path))) {
                return directory.relativize(path).toString();
            }
        }
        return "";
    }

    private boolean isUnchanged(String name, ResultsMarker marker) {
        Path file = directory.resolve(name);
        return obstacle(name).isEmpty()
                && Files.exists(file)
                && marker.hashes(name).contains(hasher.apply(List.of(file)).get(file));
    }

    private void deleteWithEmptyParents(String name) throws IOException {
        Path path = directory.resolve(name);
        Files.delete(path);
        for (Path parent = path.getParent(); parent != null && !parent.equals(directory); parent = parent.getParent()) {
            try (Stream<Path> children = Files.list(parent)) {
                if (children.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(parent);
        }
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
