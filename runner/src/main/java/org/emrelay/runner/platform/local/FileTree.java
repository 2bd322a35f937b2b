package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Copies and removes files with all that is below them. */
final class FileTree {

    private FileTree() {}

    /** Removes a file or directory, if it is there; a link is removed, not what it leads to. */
    static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            /** A process that is ending may remove its files at the same time. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException exception) throws IOException {
                if (exception instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw exception;
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

    /** Copies what a link leads to, for the copy must stand by itself. The target must not be there. */
    static void copy(Path source, Path target) throws IOException {
        copy(source, target, file -> true);
    }

    /** Likewise, but for the files and directories that are not wanted. */
    static void copy(Path source, Path target, Predicate<Path> wanted) throws IOException {
        if (!Files.isDirectory(source)) {
            Files.copy(source, target);
            return;
        }
        Files.createDirectory(target);
        try (var children = Files.newDirectoryStream(source, wanted::test)) {
            for (Path child : children) {
                copy(child, target.resolve(child.getFileName().toString()), wanted);
            }
        }
    }
}
