package org.emrelay.runner.stream;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;
import org.jspecify.annotations.Nullable;

/** A stream cannot continue. */
public final class StreamException extends RunnerException {
    private static final long serialVersionUID = 1L;

    public StreamException(String message) {
        this(message, null);
    }

    public StreamException(String message, @Nullable Throwable cause) {
        super(ExitCode.PLATFORM_FAILED, message, cause);
    }

    /** A file or directory cannot be read or written. */
    public static StreamException of(String operation, Path file, IOException failure) {
        return new StreamException("Cannot " + operation + " " + file + ": " + reason(file, failure) + ".", failure);
    }

    /** Returns the reason, even where Java's message lacks it. */
    private static String reason(Path file, IOException failure) {
        if (!(failure instanceof FileSystemException located)) {
            return String.valueOf(failure.getMessage());
        }
        String other =
                located.getFile() == null || located.getFile().equals(file.toString()) ? "" : located.getFile() + " ";
        if (located instanceof NoSuchFileException) {
            return other.isEmpty() ? "no such file or directory" : other + "does not exist";
        } else if (located instanceof AccessDeniedException) {
            return "permission denied";
        } else if (located instanceof FileAlreadyExistsException) {
            return other.isEmpty() ? "it is not a directory" : other + "already exists";
        } else if (located instanceof NotDirectoryException) {
            return (other.isEmpty() ? "it " : other) + "is not a directory";
        } else if (located instanceof AtomicMoveNotSupportedException) {
            return "its directory is on another file system";
        }
        return located.getReason() == null ? String.valueOf(located.getMessage()) : located.getReason();
    }
}
