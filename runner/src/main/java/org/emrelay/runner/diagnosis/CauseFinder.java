package org.emrelay.runner.diagnosis;

import java.io.IOException;
import java.io.Reader;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds the root cause of a failed step in its log. Needs one pass and constant memory. */
public final class CauseFinder {
    private CauseFinder() {}

    /** Reads to the end and leaves the reader open. Lines of any length are supported. */
    public static Optional<Cause> find(Reader log) throws IOException {
        return find(log, line -> {}).map(Finding::cause);
    }

    /**
     * Finds the cause in one of several logs.
     *
     * @param lineListener receives every line, truncated if very long
     */
    public static Optional<Finding> find(Reader log, Consumer<String> lineListener) throws IOException {
        BoundedLines lines = new BoundedLines(log);
        LogScan scan = new LogScan();
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            scan.accept(line.get());
            lineListener.accept(line.get());
        }
        return scan.result();
    }

    /** The lines have no line separators; carriage returns and ANSI colors are allowed. */
    public static Optional<Cause> find(Iterator<String> lines) {
        LogScan scan = new LogScan();
        lines.forEachRemaining(scan::accept);
        return scan.result().map(Finding::cause);
    }

    public static Optional<Cause> find(Stream<String> lines) {
        return find(lines.iterator());
    }
}
