package org.emrelay.runner.stream.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Reads lines as bytes. A line that could fill the memory becomes a question mark. */
final class LineReader implements AutoCloseable {
    static final int MAX_LINE = 16 << 20;

    /** Not JSON. */
    private static final byte[] TOO_LONG = {'?'};

    private static final int BUFFER = 1 << 16;
    private static final int MAX_BLANK = ' ';
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream stream;
    private final byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;
    private long offset;

    LineReader(InputStream stream) {
        this.stream = stream;
    }

    /** The offset after the last line, in bytes. */
    long offset() {
        return offset;
    }

    /** Skips to an offset that follows a line; false if no line ends there. */
    boolean skipTo(long target) throws IOException {
        if (target == 0) {
            return true;
        }
        while (offset < target) {
            if (start == end && !fill()) {
                return false;
            }
            long step = Math.min(end - start, target - offset);
            start += (int) step;
            offset += step;
        }
        // The last line of a file may lack its line break.
        return buffer[start - 1] == '\n' || (start == end && !fill());
    }

    private boolean fill() throws IOException {
        int count = stream.read(buffer, 0, buffer.length);
        start = 0;
        end = Math.max(count, 0);
        return count > 0;
    }

    /** Returns the next line without its line break and surrounding blanks; empty at the end of the file. */
    Optional<byte[]> read() throws IOException {
        if (start == end && !fill()) {
            return Optional.empty();
        }
        int lineBreak = find();
        if (lineBreak >= 0) {
            byte[] line = stripped(buffer, start, lineBreak);
            advance(lineBreak + 1);
            return Optional.of(line);
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(BUFFER * 2);
        boolean isTooLong = false;
        do {
            lineBreak = find();
            int until = lineBreak >= 0 ? lineBreak : end;
            isTooLong |= line.size() + until - start > MAX_LINE;
            if (isTooLong) {
                line.reset();
            } else {
                line.write(buffer, start, until - start);
            }
            advance(lineBreak >= 0 ? lineBreak + 1 : end);
        } while (lineBreak < 0 && fill());
        byte[] content = line.toByteArray();
        return Optional.of(isTooLong ? TOO_LONG.clone() : stripped(content, 0, content.length));
    }

    private int find() {
        for (int i = start; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void advance(int to) {
        offset += to - start;
        start = to;
    }

    private static byte[] stripped(byte[] bytes, int from, int to) {
        int first = startsWithMark(bytes, from, to) ? from + BYTE_ORDER_MARK.length : from;
        int last = to;
        while (first < last && bytes[first] >= 0 && bytes[first] <= MAX_BLANK) {
            first++;
        }
        while (last > first && bytes[last - 1] >= 0 && bytes[last - 1] <= MAX_BLANK) {
            last--;
        }
        return Arrays.copyOfRange(bytes, first, last);
    }

    /** Windows programs write the mark at the start of a file; concatenated files contain it on other lines too. */
    private static boolean startsWithMark(byte[] bytes, int from, int to) {
        int end = from + BYTE_ORDER_MARK.length;
        return end <= to && Arrays.equals(bytes, from, end, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
