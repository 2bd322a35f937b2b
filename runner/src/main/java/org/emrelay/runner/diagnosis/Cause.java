package org.emrelay.runner.diagnosis;

import java.util.Objects;

/**
 * The root cause of a failed step, found in its log.
 *
 * @param message the exception or error message, without the stack trace; a few lines at most
 * @param firstLine the first line of the cause in the log, counted from 1
 * @param lastLine the last line of the cause, including its stack trace
 * @param hint how to fix it; empty if unknown
 */
public record Cause(String message, int firstLine, int lastLine, String hint) {
    public Cause {
        Objects.requireNonNull(hint, "hint");
        if (message.isBlank()) {
            throw new IllegalArgumentException("message is blank");
        }
        if (firstLine < 1 || lastLine < firstLine) {
            throw new IllegalArgumentException("invalid line range: " + firstLine + " to " + lastLine);
        }
    }

    /** The cause of a program that ended itself, with the last line that it printed: often that line says why. */
    public Cause afterPrinting(String output, int line) {
        String exit = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
        return new Cause(exit + ", after printing: " + LineText.forDisplay(output), line, line, hint);
    }
}
