package org.emrelay.runner.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error or warning about a location in a user's file.
 *
 * @param path the JSON path, such as {@code steps[1].inputs.words}; empty for the whole file
 * @param hint the remedy as a separate sentence; empty if the message is enough
 * @param excerpt the place in the text of the file; null where the path is enough
 */
public record Problem(
        Severity severity,
        String file,
        String path,
        String message,
        String hint,
        @Nullable Excerpt excerpt) {

    /** A line of the file, and the index of a character in it. */
    public record Excerpt(String line, int index) {
        public Excerpt {
            Objects.requireNonNull(line, "line");
        }
    }

    /** Errors stop the command; warnings are only printed. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public Problem {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(hint, "hint");
    }

    public static Problem error(String file, String path, String message, String hint) {
        return new Problem(Severity.ERROR, file, path, message, hint, null);
    }

    public static Problem warning(String file, String path, String message, String hint) {
        return new Problem(Severity.WARNING, file, path, message, hint, null);
    }

    public Problem withExcerpt(Excerpt shown) {
        return new Problem(severity, file, path, message, hint, shown);
    }

    public Problem at(String otherPath) {
        return new Problem(severity, file, otherPath, message, hint, excerpt);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /**
     * Formats the problem as one line: {@code steps.json: steps[0].name: message. Hint.}
     */
    public String toLine() {
        String location = path.isEmpty() ? file : file + ": " + path;
        return location + ": " + message + (hint.isEmpty() ? "" : " " + hint);
    }
}
