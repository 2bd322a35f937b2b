package org.emrelay.runner.stream.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.emrelay.runner.stream.StreamException;

/** The files below a path, gzipped or not, in the order of their names. */
final class ReplayFiles {
    private static final int BUFFER = 1 << 16;
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;

    private final Path root;
    private final List<String> names;

    private ReplayFiles(Path root, List<String> names) {
        this.root = root;
        this.names = names;
    }

    /** Skips hidden files and directories, those that start with an underscore, and unfinished files, as Spark does. */
    static ReplayFiles list(Path root) {
        try {
            if (Files.notExists(root)) {
                throw new StreamException("Cannot replay " + root + ": it does not exist.");
            } else if (Files.isRegularFile(root)) {
                return new ReplayFiles(root, List.of(""));
            } else if (!Files.isDirectory(root)) {
                throw new StreamException("Cannot replay " + root + ": it is neither a file nor a directory.");
            }
            List<String> names = new ArrayList<>();
            Files.walkFileTree(
                    root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Visitor(root, names));
            names.sort(null);
            if (names.isEmpty()) {
                throw new StreamException("Cannot replay " + root + ": it contains no files.");
            }
            return new ReplayFiles(root, List.copyOf(names));
        } catch (IOException exception) {
            throw StreamException.of("read", root, exception);
        }
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<String> names;

        private Visitor(Path root, List<String> names) {
            this.root = root;
            this.names = names;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return directory.equals(root) || !isHidden(directory)
                    ? FileVisitResult.CONTINUE
                    : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()
                    && !isHidden(file)
                    && !file.toString().endsWith(".part")) {
                names.add(root.relativize(file).toString().replace('\\', '/'));
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isHidden(Path path) {
            String name = path.getFileName().toString();
            return name.startsWith(".") || name.startsWith("_");
        }
    }

    /** The path of a name relative to the root; an empty name is the root itself. */
    List<String> names() {
        return names;
    }

    Path path(String name) {
        return name.isEmpty() ? root : root.resolve(name);
    }

    /** Reads a gzip file to its end: only the checksum there proves that the posts before it are intact. */
    void verify(String name) throws IOException, InterruptedException {
        try (InputStream stream = open(name)) {
            byte[] buffer = new byte[BUFFER];
            while (stream instanceof CompleteGzipStream && stream.read(buffer, 0, BUFFER) >= 0) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("verifying " + name);
                }
            }
        } catch (ClosedByInterruptException interrupt) {
            throw new InterruptedException("verifying " + name);
        }
    }

    /** Opens a file, and detects gzip by its first bytes. */
    InputStream open(String name) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(path(name)), BUFFER);
        try {
            file.mark(2);
            boolean isGzip = file.read() == GZIP_MAGIC_1 && file.read() == GZIP_MAGIC_2;
            file.reset();
            return isGzip ? new CompleteGzipStream(file, BUFFER) : file;
        } catch (IOException exception) {
            file.close();
            throw exception;
        }
    }
}
