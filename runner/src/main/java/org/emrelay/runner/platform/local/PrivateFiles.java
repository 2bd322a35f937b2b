package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Creates files and directories readable only by their owner. Commands and logs may contain secrets. */
final class PrivateFiles {

    private PrivateFiles() {}

    static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, permissions(directory, "rwx------"));
    }

    /** Writes a file atomically. Its directory must exist. */
    static void write(Path file, byte[] content) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a parent");
        Path temporary =
                Files.createTempFile(directory, "." + file.getFileName(), ".tmp", permissions(directory, "rw-------"));
        try {
            Files.write(temporary, content);
            FileTree.move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
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
