package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.emrelay.runner.platform.DeletionGuard;

/** A staging directory next to a download's target: survives crashes and replaces the target atomically. */
final class Staging implements AutoCloseable {
    private final Path directory;
    private final Path target;
    private final FileChannel lock;

    private Staging(Path directory, Path target, FileChannel lock) {
        this.directory = directory;
        this.target = target;
        this.lock = lock;
    }

    /** Opens and locks the staging directory of a target until closed. */
    static Staging open(Path requestedTarget) throws IOException {
        Path target = requestedTarget.toAbsolutePath().normalize();
        Path parent = target.getParent();
        if (parent == null || !DeletionGuard.ofDirectories(List.of()).allows(DeletionGuard.segments(target))) {
            throw new IOException(target
                    + " cannot be a download target: it would be replaced with everything else in it. Use a"
                    + " directory of its own.");
        }
        Files.createDirectories(parent);
        Path directory = target.resolveSibling("." + target.getFileName() + ".fetch");
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
                && !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(directory + " exists and is not a directory. Delete it.");
        }
        Files.createDirectories(directory.resolve("content"));
        Files.createDirectories(directory.resolve("parts"));
        FileChannel lock =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
        } catch (OverlappingFileLockException locked) {
            lock.close();
            throw new IOException("Another download to " + target + " is running on this machine. Wait until it ends.");
        }
        return new Staging(directory, target, lock);
    }

    private Path content() {
        return directory.resolve("content");
    }

    /** Named by a hash, because a key may be too long for a file name. */
    PartFile partFile(S3Content.Item item) {
        String name = UUID.nameUUIDFromBytes(item.path().getBytes(StandardCharsets.UTF_8))
                .toString();
        Path parts = directory.resolve("parts");
        return new PartFile(
                parts.resolve(name + ".part"),
                parts.resolve(name + ".etag"),
                content().resolve(item.path()));
    }

    /** Deletes files from an earlier attempt that are no longer in the bucket. */
    void retainOnly(S3Content expected) throws IOException {
        Set<Path> files = new HashSet<>();
        expected.items().forEach(item -> files.add(content().resolve(item.path())));
        for (Path path : bottomUp(content())) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                if (!files.contains(path)) {
                    Files.delete(path);
                }
            } else if (!path.equals(content()) && isEmpty(path)) {
                Files.delete(path);
            }
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.findAny().isEmpty();
        }
    }

    private static List<Path> bottomUp(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.sorted(Comparator.reverseOrder()).toList();
        }
    }

    /**
     * Replaces the target. A directory cannot be renamed onto another, so the previous one is moved aside first and
     * deleted last.
     */
    void publish() throws IOException {
        Path previous = directory.resolve("older");
        delete(previous);
        boolean targetExists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        if (targetExists) {
            Files.move(target, previous, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(content(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException exception) {
            if (targetExists) {
                Files.move(previous, target, StandardCopyOption.ATOMIC_MOVE);
            }
            throw exception;
        }
        delete(directory);
    }

    private static void delete(Path root) throws IOException {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            for (Path path : bottomUp(root)) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
