package org.emrelay.runner.platform.file;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Copies, renames and deletes files and directory trees. */
public final class FileTree {

    private FileTree() {}

    /** Deletes a file or directory tree if it exists. Symbolic links are not followed, and a tree with a mount point is refused. */
    public static void delete(Path root) throws IOException {
        if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            delete(root, MountPoints.read());
        } else {
            Files.deleteIfExists(root);
        }
    }

    public static void delete(Path root, MountPoints mounts) throws IOException {
        try {
            mounts.requireNoneBelow(root.toRealPath());
        } catch (NoSuchFileException deleted) {
            return;
        }
        Files.walkFileTree(root, new ChangingFiles() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException exception)
                    throws IOException {
                if (exception != null && !(exception instanceof NoSuchFileException)) {
                    throw exception;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Visits the files that are left: a process that is shutting down may delete its files concurrently. */
    private abstract static class ChangingFiles extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException exception) throws IOException {
            if (exception instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw exception;
        }
    }

    /** The size of all files in a tree. Symbolic links are not followed; files that disappear meanwhile do not count. */
    public static long bytes(Path root) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(root, new ChangingFiles() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(attributes.isRegularFile() ? attributes.size() : 0);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException exception) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.get();
    }

    /** Copies a tree and follows symbolic links, so that the copy is self-contained. The target must not exist. */
    public static void copy(Path source, Path target) throws IOException {
        copy(source, target, file -> true);
    }

    /** Copies only the files and directories that match the filter. */
    public static void copy(Path source, Path target, Predicate<Path> filter) throws IOException {
        if (Files.isRegularFile(source) || !Files.exists(source)) {
            FileCopy.copy(source, target);
            return;
        } else if (!Files.isDirectory(source)) {
            // Opening a FIFO would block for ever.
            throw new FileSystemException(
                    source.toString(), null, "not copied, because it is neither a file nor a directory");
        }
        Files.createDirectory(target);
        try (var children = Files.newDirectoryStream(source, filter::test)) {
            for (Path child : children) {
                copy(child, target.resolve(child.getFileName().toString()), filter);
            }
        }
    }

    /** Renames a file or directory, replacing the target if it exists. */
    public static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
