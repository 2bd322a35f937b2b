package org.emrelay.runner.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in a sentence what the file system refused: Java's messages are often the bare path. */
final class FileErrors {
    private FileErrors() {}

    static String sentence(FileSystemException trouble) {
        if (trouble instanceof AccessDeniedException) {
            return "No permission for " + trouble.getFile() + ".";
        } else if (trouble instanceof NoSuchFileException) {
            return trouble.getFile() + " is not there (any more).";
        }
        String reason = trouble.getReason();
        return trouble.getFile() + ": " + (reason == null ? trouble.getClass().getSimpleName() : reason) + ".";
    }
}
