package org.emrelay.runner.diagnosis;

/**
 * Recognizes the lines of another process's log that a log quotes.
 *
 * <p>YARN quotes the end of a failed container's stderr in its diagnostics. Spark and YARN write a period after them.
 */
public final class QuotedLog {
    private boolean open;

    /** Whether the next line of the log is quoted. Must be cheap: it runs for every line. */
    public boolean contains(String line) {
        if (line.startsWith("Last ") && line.endsWith(" :")) {
            open = true;
        } else if (line.startsWith(".")) {
            open = false;
        }
        return open;
    }
}
