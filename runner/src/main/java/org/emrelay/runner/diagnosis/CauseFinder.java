package org.emrelay.runner.diagnosis;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the root cause of a failed step in its log. Needs one pass and constant memory. */
public final class CauseFinder {
    /** Splits a log into lines and truncates them: a line may be arbitrarily long. */
    private static final class BoundedLines {
        private final Reader log;
        private final char[] buffer = new char[1 << 16];
        private int position;
        private int filled;

        private BoundedLines(Reader log) {
            this.log = log;
        }

        private Optional<String> next() throws IOException {
            StringBuilder line = new StringBuilder();
            boolean hasContent = false;
            boolean overwritten = false;
            for (int read = read(); read >= 0; read = read()) {
                hasContent = true;
                char character = (char) read;
                if (character == '\n') {
                    return Optional.of(line.toString());
                }
                // Text after a lone carriage return overwrites the line, as in Spark's progress bar.
                if (overwritten) {
                    line.setLength(0);
                }
                overwritten = character == '\r';
                if (!overwritten && line.length() < LineText.MAX_LENGTH) {
                    line.append(character);
                }
            }
            return hasContent ? Optional.of(line.toString()) : Optional.empty();
        }

        private int read() throws IOException {
            if (position == filled) {
                position = 0;
                filled = Math.max(0, log.read(buffer));
                if (filled == 0) {
                    return -1;
                }
            }
            return buffer[position++];
        }
    }

    private CauseFinder() {}

    /** Reads to the end and leaves the reader open. Lines of any length are supported. */
    public static Optional<Finding> find(Reader log) throws IOException {
        return find(log, SparkProcess.DRIVER, line -> {});
    }

    /**
     * Finds the cause in one of several logs.
     *
     * @param process the writer of the log
     * @param lineListener receives every line, truncated if very long
     */
    public static Optional<Finding> find(Reader log, SparkProcess process, Consumer<String> lineListener)
            throws IOException {
        BoundedLines lines = new BoundedLines(log);
        LogScan scan = new LogScan(process);
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            scan.accept(line.get());
            lineListener.accept(line.get());
        }
        return scan.result();
    }
}
