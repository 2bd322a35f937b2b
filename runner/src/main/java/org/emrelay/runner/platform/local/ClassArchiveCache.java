package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.emrelay.runner.platform.file.CacheDirectory;
import org.emrelay.runner.platform.file.FileTree;
import org.emrelay.runner.platform.file.PrivateFiles;

/**
 * The user's cache of class-data archives (AppCDS), which shorten the start-up of JVMs.
 *
 * <p>Archives are optional. They are created in the background, and until then, or if that fails, JVMs start without.
 */
public final class ClassArchiveCache {

    /** Prepares the creation of an archive. */
    @FunctionalInterface
    public interface Preparation {
        /**
         * Returns the command that writes the file {@code archive} in the directory.
         *
         * @param directory what the command needs; its standard input is the content of the file {@code input} and stays open
         */
        List<String> commandIn(Path directory) throws IOException;
    }

    /** Several archives of 120 to 160 MB. */
    private static final long MAX_BYTES = 600_000_000;

    private static final long MAX_BYTES_OF_ONE = 160_000_000;
    private static final Duration RETRY_INTERVAL = Duration.ofDays(1);
    private static final String SUFFIX = ".jsa";
    private static final String ATTEMPT_SUFFIX = ".attempt";

    /**
     * Survives the runner and Ctrl-C in its terminal. The archive appears at once, with its size in its name; the directory
     * of a failed attempt stays. Closing the FIFO, at the latest when this shell is killed, ends the command.
     */
    private static final String SCRIPT = """
            trap '' HUP INT QUIT
            name=$1 attempt=$2
            shift 2
            cd "$attempt" && mkfifo stdin || exit
            nice "$@" <stdin &
            exec 3>stdin
            cat input >&3
            if wait $! && [ -s archive ]; then
              sync
              mv -f archive "$name-$(($(wc -c <archive))).jsa" && rm -rf "$attempt"
            else
              rm -f archive
            fi
            """;

    private final Path directory;

    public ClassArchiveCache(Path directory) {
        this.directory = directory;
    }

    /** The cache below XDG_CACHE_HOME or HOME; empty if neither is set. */
    static Optional<ClassArchiveCache> of(Map<String, String> environment) {
        return CacheDirectory.of(environment).map(ClassArchiveCache::new);
    }

    /** Finds an archive by name. A truncated one, on which the JVM would crash, is deleted. */
    Optional<Path> find(String name) throws IOException {
        for (Path file : list(name + "-", SUFFIX)) {
            if (file.getFileName().toString().equals(name + "-" + Files.size(file) + SUFFIX)) {
                return Optional.of(file);
            }
            Files.deleteIfExists(file);
        }
        return Optional.empty();
    }

    /**
     * Starts to create an archive, in a process of low priority that outlives this one.
     *
     * @return the process; empty if another one creates the archive, if an attempt failed within a day, or if the cache is read-only
     */
    public Optional<Process> createInBackground(String name, Preparation preparation) {
        try {
            PrivateFiles.createDirectories(directory);
            deleteOldAttempts();
            Path attempt = Files.createDirectory(directory.resolve(name + ATTEMPT_SUFFIX));
            makeRoom();
            Files.createFile(attempt.resolve("input"));
            List<String> command = new ArrayList<>(List.of(
                    "/bin/sh", "-c", SCRIPT, "sh", directory.resolve(name).toString(), attempt.toString()));
            command.addAll(preparation.commandIn(attempt));
            return Optional.of(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(attempt.resolve("log").toFile())
                    .redirectInput(attempt.resolve("input").toFile())
                    .start());
        } catch (IOException otherProcessOrFailedAttemptOrUnwritable) {
            return Optional.empty();
        }
    }

    private void deleteOldAttempts() throws IOException {
        Instant limit = Instant.now().minus(RETRY_INTERVAL);
        for (Path attempt : list("", ATTEMPT_SUFFIX)) {
            if (Files.getLastModifiedTime(attempt).toInstant().isBefore(limit)) {
                FileTree.delete(attempt);
            }
        }
    }

    /** Deletes the archives that were not used for the longest time. A JVM that has mapped one keeps it. */
    private void makeRoom() throws IOException {
        record Archive(Path file, BasicFileAttributes attributes) {}
        List<Archive> archives = new ArrayList<>();
        for (Path file : list("", SUFFIX)) {
            archives.add(new Archive(file, Files.readAttributes(file, BasicFileAttributes.class)));
        }
        archives.sort(
                Comparator.comparing((Archive archive) -> archive.attributes().lastAccessTime())
                        .reversed());
        long total = MAX_BYTES_OF_ONE;
        for (Archive archive : archives) {
            total += archive.attributes().size();
            if (total > MAX_BYTES) {
                Files.deleteIfExists(archive.file());
            }
        }
    }

    private List<Path> list(String prefix, String suffix) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)
                            && file.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
