package org.emrelay.runner.model;

import java.util.Objects;

/**
 * One thing that is wrong, or worth a word, in a file of the user's: where it stands, what it is, and what to do.
 *
 * @param path the JSON path inside the file, such as {@code steps[1].inputs.words}; empty for the file as a whole
 * @param hint the remedy as a sentence of its own; empty when the message says it all
 */
public record Problem(Severity severity, String file, String path, String message, String hint) {

    /** Whether a problem stops the command or is only said. */
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
        return new Problem(Severity.ERROR, file, path, message, hint);
    }

    public static Problem warning(String file, String path, String message, String hint) {
        return new Problem(Severity.WARNING, file, path, message, hint);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** The problem as one line: {@code steps.json: steps[0].name: message. Hint.} */
    public String line() {
        String where = path.isEmpty() ? file : file + ": " + path;
        return where + ": " + message + (hint.isEmpty() ? "" : " " + hint);
    }
}
