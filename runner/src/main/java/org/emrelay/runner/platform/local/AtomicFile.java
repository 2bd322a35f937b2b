package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Writes files that are there whole or not at all. */
final class AtomicFile {

    private AtomicFile() {}

    /** Its directory must be there. Nobody but the owner may read it. */
    static void write(Path file, byte[] content) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "no file is a root");
        Path temporary = PrivateFiles.createTemporaryFile(directory, "." + file.getFileName());
        try {
            Files.write(temporary, content);
            move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Puts a file in the place of another. */
    static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException foreignFileSystem) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
