package org.emrelay.runner.eventlog;

import java.io.IOException;
import java.util.Arrays;

/** Splits a log file into lines without copying them. Skips lines that are too long. */
final class LogLineBuffer {
    private static final int INITIAL_SIZE = 128 << 10;

    private final DecodedLog log;
    private final int maxLength;
    private byte[] bytes = new byte[INITIAL_SIZE];
    private int lineStart;
    private int scanned;
    private int filled;
    private int offset;
    private int length;
    private boolean skipping;
    private boolean ended;
    private long skipped;

    LogLineBuffer(DecodedLog log, int maxLength) {
        this.log = log;
        this.maxLength = maxLength;
    }

    /** Reads the next line, which remains in {@link #bytes} until the next call. Returns false at the end. */
    boolean next() throws IOException {
        while (!ended) {
            int newline = indexOfNewline();
            if (newline >= 0) {
                skipIfTooLong(newline);
                boolean complete = !skipping;
                skipping = false;
                setLine(newline);
                lineStart = newline + 1;
                scanned = lineStart;
                if (complete) {
                    return true;
                }
            } else if (!fill()) {
                ended = true;
                setLine(filled);
                return length > 0 && !skipping;
            }
        }
        return false;
    }

    private int indexOfNewline() {
        for (int i = scanned; i < filled; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        scanned = filled;
        return -1;
    }

    private void setLine(int end) {
        offset = lineStart;
        length = end - lineStart;
    }

    private void skipIfTooLong(int end) {
        if (!skipping && end - lineStart > maxLength) {
            skipping = true;
            skipped++;
        }
    }

    private boolean fill() throws IOException {
        skipIfTooLong(filled);
        if (skipping) {
            lineStart = filled;
        }
        if (lineStart > 0) {
            System.arraycopy(bytes, lineStart, bytes, 0, filled - lineStart);
            filled -= lineStart;
            lineStart = 0;
            scanned = filled;
        }
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(2 * bytes.length, maxLength + INITIAL_SIZE));
        }
        int count = log.read(bytes, filled, bytes.length - filled);
        filled += Math.max(0, count);
        return count >= 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** Whether this is the last line and has no newline at its end. */
    boolean isUnterminated() {
        return ended;
    }

    /** Returns the number of lines that were too long. */
    long skipped() {
        return skipped;
    }
}
