package org.emrelay.runner.service;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Turns file system errors into sentences: Java's messages are often the bare path. */
public final class FileErrors {
    private FileErrors() {}

    public static String sentence(FileSystemException error) {
        if (error instanceof AccessDeniedException) {
            return "Permission denied: " + error.getFile() + ".";
        } else if (error instanceof NoSuchFileException) {
            return error.getFile() + " does not exist.";
        }
        String reason = error.getReason();
        return error.getFile() + ": " + (reason == null ? error.getClass().getSimpleName() : reason) + ".";
    }
}
