package org.emrelay.runner.diagnosis;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds the root cause of a failed step in its log. Needs one pass and constant memory.
 *
 * <p>Of a log over 80 MiB, only the first 16 MiB and the last 64 MiB are searched: a step may print for hours.
 */
public final class CauseFinder {
    private CauseFinder() {}

    /**
     * Reads to the end and leaves the stream open. Lines of any length are supported, and text that is not UTF-8.
     *
     * @param mask masks secrets in a line before it is shortened, after which they would not be recognized
     */
    public static Optional<Finding> find(InputStream log, UnaryOperator<String> mask) throws IOException {
        LogScan scan = new LogScan(SparkProcess.DRIVER);
        new LogLines(scan, mask).read(log);
        return scan.result();
    }

    /**
     * Finds the cause in one of several logs.
     *
     * @param process the writer of the log
     * @param references receives every line that is searched
     */
    public static Optional<Finding> find(InputStream log, SparkProcess process, LineListener references)
            throws IOException {
        LogScan scan = new LogScan(process);
        new LogLines(new Both(scan, references), UnaryOperator.identity()).read(log);
        return scan.result();
    }

    /** The last lines of a log, for a failure whose cause it does not have. */
    public static List<String> lastLines(InputStream log, UnaryOperator<String> mask) throws IOException {
        LastLines last = new LastLines();
        new LogLines(last, mask).read(log);
        return last.lines();
    }

    private record Both(LineListener first, LineListener second) implements LineListener {
        @Override
        public void accept(String line) {
            first.accept(line);
            second.accept(line);
        }

        @Override
        public void skip(long lines) {
            first.skip(lines);
            second.skip(lines);
        }
    }
}
