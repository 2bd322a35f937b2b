package org.emrelay.runner.platform.python;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.platform.file.FileTree;
import org.emrelay.runner.platform.file.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * Directories that are built once for each key, by one process at a time.
 *
 * <p>A build has a directory of its own. Only when it is complete, a file named after the key says so: what a killed process leaves, and what
 * an installer that outlived it still writes, is never used.
 */
final class BuildCache {
    private static final Duration UNUSED = Duration.ofDays(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final String COMPLETE = ".complete";
    private static final String LOCK = ".lock";
    private static final int KEY_DIGITS = 32;

    private final Path directory;
    private final Clock clock;
    private final Sleeper sleeper;

    BuildCache(Path directory, Clock clock, Sleeper sleeper) {
        this.directory = directory;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Builds into an empty directory. */
    interface Build {
        void into(Path empty) throws IOException;
    }

    /**
     * Finds what was built for the key.
     *
     * @param required a path in it that must exist, also if it is a link
     */
    Optional<Path> find(String key, String required) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        Path complete = directory.resolve(key + COMPLETE);
        try {
            Path built = directory.resolve(Files.readString(complete).strip());
            if (Files.exists(built.resolve(required))) {
                Files.setLastModifiedTime(complete, FileTime.from(clock.instant()));
                return Optional.of(built);
            }
        } catch (NoSuchFileException notBuilt) {
            // Or deleted meanwhile.
        }
        return Optional.empty();
    }

    /** Finds what was built for the key, or builds it. Waits for another process that does. */
    Path get(String key, String required, Build build, Notices notices, BooleanSupplier interrupted)
            throws IOException {
        Optional<Path> found = find(key, required);
        if (found.isPresent()) {
            return found.get();
        }
        try (FileChannel channel = openLock(key)) {
            await(channel, notices, interrupted);
            found = find(key, required);
            if (found.isPresent()) {
                return found.get();
            }
            deleteUnused(key);
            Path built = Files.createTempDirectory(directory, key + "-");
            boolean isComplete = false;
            try {
                build.into(built);
                PrivateFiles.write(
                        directory.resolve(key + COMPLETE),
                        String.valueOf(built.getFileName()).getBytes(StandardCharsets.UTF_8));
                isComplete = true;
                return built;
            } finally {
                if (!isComplete) {
                    FileTree.delete(built);
                }
            }
        }
    }

    private FileChannel openLock(String key) throws IOException {
        try {
            PrivateFiles.createDirectories(directory);
            return FileChannel.open(directory.resolve(key + LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (FileSystemException unusable) {
            throw new FileSystemException(
                    directory.toString(),
                    null,
                    "cannot keep Python environments here (" + unusable.getMessage()
                            + "); set XDG_CACHE_HOME to a directory that can be written");
        }
    }

    private void await(FileChannel channel, Notices notices, BooleanSupplier interrupted) throws IOException {
        boolean waits = false;
        while (tryLock(channel) == null) {
            if (interrupted.getAsBoolean()) {
                throw new CancellationException("interrupted while another process installs the packages");
            }
            if (!waits) {
                waits = true;
                notices.notice("Another run installs the same Python packages. Waiting for it.");
            }
            try {
                sleeper.sleep(POLL_INTERVAL);
            } catch (InterruptedException exception) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while another process installs the packages");
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException otherThread) {
            return null;
        }
    }

    /** Deletes what was not used for a month, and what builds of the key have left, whose process has ended. */
    private void deleteUnused(String key) throws IOException {
        Files.deleteIfExists(directory.resolve(key + COMPLETE));
        Instant limit = clock.instant().minus(UNUSED);
        for (Path file : list(COMPLETE)) {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                Files.deleteIfExists(file);
            }
        }
        List<String> complete =
                list(COMPLETE).stream().flatMap(BuildCache::target).toList();
        for (Path build : list("")) {
            String name = String.valueOf(build.getFileName());
            boolean isLeft = name.startsWith(key + "-")
                    || Files.getLastModifiedTime(build).toInstant().isBefore(limit);
            if (Files.isDirectory(build) && !complete.contains(name) && isLeft) {
                deleteIfPossible(build);
            }
        }
    }

    /** An installer that outlived its runner may still write; a later build deletes the rest. */
    private static void deleteIfPossible(Path build) {
        try {
            FileTree.delete(build);
        } catch (IOException stillWritten) {
            // Never used, so it does no harm.
        }
    }

    private static Stream<String> target(Path complete) {
        try {
            return Stream.of(Files.readString(complete).strip());
        } catch (IOException deleted) {
            return Stream.of();
        }
    }

    private List<Path> list(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> String.valueOf(file.getFileName()).endsWith(suffix)
                            && Objects.toString(file.getFileName()).length() > KEY_DIGITS)
                    .sorted()
                    .toList();
        }
    }
}
