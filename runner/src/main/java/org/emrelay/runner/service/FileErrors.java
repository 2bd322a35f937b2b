package org.emrelay.runner.service;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

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
        return error.getFile() + ": " + (reason == null ? reason(error) : reason) + ".";
    }

    /** Java names some reasons only by a class, such as DirectoryNotEmptyException. */
    private static String reason(FileSystemException error) {
        return error.getClass()
                .getSimpleName()
                .replaceAll("Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
