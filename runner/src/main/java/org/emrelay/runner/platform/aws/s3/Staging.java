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

/** A directory beside the one that a copy is for: there the copy grows, is found again after a crash, and from there it takes its place, whole. */
final class Staging implements AutoCloseable {
    private final Path directory;
    private final Path target;
    private final FileChannel lock;

    private Staging(Path directory, Path target, FileChannel lock) {
        this.directory = directory;
        this.target = target;
        this.lock = lock;
    }

    /** Keeps other runners out until it is closed. */
    static Staging open(Path wanted) throws IOException {
        Path target = wanted.toAbsolutePath().normalize();
        Path parent = target.getParent();
        if (parent == null || holdsMuch(target)) {
            throw new IOException(target
                    + " is not replaced by what is fetched, for much else may be there. Name a folder of its own.");
        }
        Files.createDirectories(parent);
        Path directory = target.resolveSibling("." + target.getFileName() + ".fetch");
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
                && !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(directory + " is in the way: it is no directory. Remove it.");
        }
        Files.createDirectories(directory.resolve("content"));
        Files.createDirectories(directory.resolve("parts"));
        FileChannel lock =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
        } catch (OverlappingFileLockException held) {
            lock.close();
            throw new IOException(
                    "Something else is being fetched to " + target + " on this machine. Wait for its end.");
        }
        return new Staging(directory, target, lock);
    }

    /** A mistyped name must not cost anybody a home, or the place where we stand. */
    private static boolean holdsMuch(Path target) {
        return target.getNameCount() < 2
                || Stream.of(Path.of("").toAbsolutePath(), Path.of(System.getProperty("user.home")))
                        .anyMatch(precious -> precious.startsWith(target));
    }

    private Path content() {
        return directory.resolve("content");
    }

    /** Its name on the disk says nothing of the key, which may be too long for one. */
    PartFile part(S3Content.Item item) {
        String name = UUID.nameUUIDFromBytes(item.path().getBytes(StandardCharsets.UTF_8))
                .toString();
        Path parts = directory.resolve("parts");
        return new PartFile(
                parts.resolve(name + ".part"),
                parts.resolve(name + ".etag"),
                content().resolve(item.path()));
    }

    /** Takes out what an earlier attempt fetched and what is no more in the bucket. */
    void keepOnly(S3Content wanted) throws IOException {
        Set<Path> files = new HashSet<>();
        wanted.items().forEach(item -> files.add(content().resolve(item.path())));
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

    /** A directory cannot be renamed onto another: the older one steps aside, and is removed once the new one is there. */
    void land() throws IOException {
        Path older = directory.resolve("older");
        delete(older);
        boolean stepsAside = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        if (stepsAside) {
            Files.move(target, older, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(content(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException exception) {
            if (stepsAside) {
                Files.move(older, target, StandardCopyOption.ATOMIC_MOVE);
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
