package org.emrelay.runner.platform.emr.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** One file on a node, known by how it begins, whatever key it was shipped under, and how much of it was printed. */
final class TailedFile {
    static final int HEAD = 1024;

    private static final int LONGEST_LINE = 1 << 16;
    private static final int BUFFER = 1 << 16;

    private byte[] head;
    private long printed;
    private boolean begunLine;

    TailedFile(byte[] head) {
        this.head = head.clone();
    }

    /** A file only grows, so the shorter beginning is how the longer one begins. */
    boolean isBeginningOf(byte[] other) {
        int length = Math.min(head.length, other.length);
        return length > 0 && Arrays.equals(head, 0, length, other, 0, length);
    }

    /** Whether its last line had no end yet. */
    boolean hasBegunLine() {
        return begunLine;
    }

    /**
     * Prints what is new. A line without an end is left for the next time, for it may still grow.
     *
     * @param beginning what was read of the text already
     * @param last whether there is no next time
     */
    void print(byte[] beginning, InputStream rest, boolean last, Consumer<String> lines) throws IOException {
        if (beginning.length > head.length) {
            head = beginning.clone();
        }
        Lines unprinted = new Lines(printed, lines);
        unprinted.accept(beginning, beginning.length);
        byte[] buffer = new byte[BUFFER];
        for (int count = rest.read(buffer); count >= 0; count = rest.read(buffer)) {
            unprinted.accept(buffer, count);
        }
        begunLine = unprinted.line.size() > 0;
        if (last && begunLine) {
            unprinted.end(0);
            begunLine = false;
        }
    }

    /** Cuts bytes into lines; what was printed before is passed over. */
    private final class Lines {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final Consumer<String> lines;
        private long toSkip;

        Lines(long toSkip, Consumer<String> lines) {
            this.toSkip = toSkip;
            this.lines = lines;
        }

        void accept(byte[] bytes, int count) {
            int from = (int) Math.min(toSkip, count);
            toSkip -= from;
            for (int index = from; index < count; index++) {
                if (bytes[index] == '\n') {
                    end(1);
                    continue;
                }
                // A line as long as a log is given in pieces, none of which ends within a character.
                if (line.size() >= LONGEST_LINE && (bytes[index] & 0xc0) != 0x80) {
                    end(0);
                }
                line.write(bytes[index]);
            }
        }

        void end(int lineEnd) {
            String text = line.toString(StandardCharsets.UTF_8);
            printed += line.size() + lineEnd;
            line.reset();
            lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        }
    }
}
