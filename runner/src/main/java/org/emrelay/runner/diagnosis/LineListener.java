package org.emrelay.runner.diagnosis;

/** Receives the lines of a log that are searched. */
public interface LineListener {
    /**
     * Receives the next line.
     *
     * @param line without its end, truncated if very long
     */
    void accept(String line);

    /** The next lines are not searched. */
    void skip(long lines);
}
