package org.emrelay.runner.diagnosis;

import java.io.IOException;
import java.io.Reader;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds the root cause of a failed step in its log in one pass, in memory that does not grow with the log. */
public final class CauseFinder {
    private CauseFinder() {}

    /** Reads to the end and leaves the reader open; no line of the log needs to fit in memory. */
    public static Optional<Cause> find(Reader log) throws IOException {
        return find(log, line -> {}).map(Finding::cause);
    }

    /**
     * Reads likewise, for somebody who has more logs to ask.
     *
     * @param witness is shown each line too, its endless rest left out
     */
    public static Optional<Finding> find(Reader log, Consumer<String> witness) throws IOException {
        BoundedLines lines = new BoundedLines(log);
        LogScan search = new LogScan();
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            search.accept(line.get());
            witness.accept(line.get());
        }
        return search.result();
    }

    /** Takes the lines without their ends; a carriage return and colours may be left in them. */
    public static Optional<Cause> find(Iterator<String> lines) {
        LogScan search = new LogScan();
        lines.forEachRemaining(search::accept);
        return search.result().map(Finding::cause);
    }

    public static Optional<Cause> find(Stream<String> lines) {
        return find(lines.iterator());
    }
}
