package org.emrelay.jobs.topics.combine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads UTF-8 lines that end with a line feed. Other line separators do not end a line: texts may contain them.
 *
 * <p>Truncates lines longer than {@link #MAX_BYTES}, so that a file without line feeds fits in memory.
 */
final class LineReader implements Closeable {
    static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream stream;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    private byte[] line = new byte[512];
    private long position;

    /**
     * Reads from a position in a file.
     *
     * @param position the position of the stream's first byte
     */
    LineReader(InputStream stream, long position) {
        this.stream = stream;
        this.position = position;
    }

    /** Returns the position of the next line. */
    long position() {
        return position;
    }

    /** Returns the next line without its line separator; null at the end of the file. */
    @Nullable
    String next() throws IOException {
        int length = 0;
        boolean isFirst = position == 0;
        boolean isEmpty = true;
        while (start < end || fill()) {
            isEmpty = false;
            int lineFeed = lineFeed();
            int available = (lineFeed < 0 ? end : lineFeed) - start;
            int taken = Math.min(available, MAX_BYTES - length);
            if (length + taken > line.length) {
                line = Arrays.copyOf(line, Math.max(length + taken, Math.min(MAX_BYTES, line.length * 2)));
            }
            System.arraycopy(buffer, start, line, length, taken);
            length += taken;
            position += available;
            start += available;
            if (lineFeed >= 0) {
                start++;
                position++;
                break;
            }
        }
        if (isEmpty) {
            return null;
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        return isFirst && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private int lineFeed() {
        for (int index = start; index < end; index++) {
            if (buffer[index] == '\n') {
                return index;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        start = 0;
        end = Math.max(0, stream.read(buffer, 0, buffer.length));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
