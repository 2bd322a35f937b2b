package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes what nobody but its owner may read, for a resolved command or a log can hold a secret. */
final class PrivateFiles {

    private PrivateFiles() {}

    static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, permissions(directory, "rwx------"));
    }

    static Path createTemporaryFile(Path directory, String prefix) throws IOException {
        return Files.createTempFile(directory, prefix, ".tmp", permissions(directory, "rw-------"));
    }

    /** None where the file system has no such permissions. */
    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
