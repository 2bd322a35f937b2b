package org.emrelay.runner.report;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of a command, in each format that it can be written in. */
public interface Report {

    /** Returns the JSON document that scripts read; its keys are a contract. */
    Map<String, ? extends @Nullable Object> document() throws IOException;

    /** Writes the result for people. */
    void writeText(PrintStream out) throws IOException;

    /** Returns a note for people, such as the next command; empty if there is none. Goes to stderr, which keeps stdout clean for pipes. */
    default String note() {
        return "";
    }
}
