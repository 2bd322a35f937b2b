package org.emrelay.runner.platform.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Creates files and directories readable only by their owner. Commands and logs may contain secrets. */
public final class PrivateFiles {

    private PrivateFiles() {}

    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, permissions(directory, "rwx------"));
    }

    /** Flushes a file or a directory to the disk. */
    interface Sync {
        void sync(Path path) throws IOException;
    }

    /** Writes a file atomically: after a power failure it has the old or the new content. Its directory must exist. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, content, PrivateFiles::sync);
    }

    static void write(Path file, byte[] content, Sync sync) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a parent");
        Path temporary =
                Files.createTempFile(directory, "." + file.getFileName(), ".tmp", permissions(directory, "rw-------"));
        try {
            Files.write(temporary, content);
            sync.sync(temporary);
            FileTree.move(temporary, file);
            sync.sync(directory);
        } catch (FileSystemException located) {
            throw located;
        } catch (IOException fullDisk) {
            // Java does not name the file.
            throw new FileSystemException(file.toString(), null, fullDisk.getMessage());
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Flushes a file, or the names in a directory, to the disk. Only POSIX systems open directories. */
    public static void sync(Path path) throws IOException {
        boolean isDirectory = Files.isDirectory(path);
        if (!isDirectory || path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel =
                    FileChannel.open(path, isDirectory ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    /** Empty if the file system does not support POSIX permissions. */
    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
