package org.emrelay.runner.platform.emr.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** A log file on a node, recognized by its first bytes under any key, and how much of it is printed. */
final class TailedFile {
    static final int HEAD_BYTES = 1024;

    private static final int MAX_LINE_BYTES = 1 << 16;
    /** A character of UTF-8 has at most so many bytes after its first. */
    private static final int MAX_CONTINUATION_BYTES = 3;

    private static final int BUFFER_BYTES = 1 << 16;

    private byte[] head;
    private long printedBytes;
    private boolean hasPartialLine;

    TailedFile(byte[] head) {
        this.head = head.clone();
    }

    /** A file only grows, so the shorter head is a prefix of the longer one. */
    boolean hasSamePrefix(byte[] other) {
        int length = Math.min(head.length, other.length);
        return length > 0 && Arrays.equals(head, 0, length, other, 0, length);
    }

    /** Whether its last line is unterminated. */
    boolean hasPartialLine() {
        return hasPartialLine;
    }

    /**
     * Prints the new lines. An unterminated line is left for the next call, because it may still grow.
     *
     * @param newHead the first bytes of the text, already read
     * @param isFinal whether this is the last call
     */
    void print(byte[] newHead, InputStream rest, boolean isFinal, Consumer<String> consumer) throws IOException {
        if (newHead.length > head.length) {
            head = newHead.clone();
        }
        LineSplitter splitter = new LineSplitter(printedBytes, consumer);
        splitter.accept(newHead, newHead.length);
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count = rest.read(buffer); count >= 0; count = rest.read(buffer)) {
            splitter.accept(buffer, count);
        }
        hasPartialLine = splitter.line.size() > 0;
        if (isFinal && hasPartialLine) {
            splitter.emit(0);
            hasPartialLine = false;
        }
    }

    /** Splits bytes into lines and skips those printed before. */
    private final class LineSplitter {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final Consumer<String> consumer;
        private long bytesToSkip;

        LineSplitter(long bytesToSkip, Consumer<String> consumer) {
            this.bytesToSkip = bytesToSkip;
            this.consumer = consumer;
        }

        void accept(byte[] bytes, int count) {
            int start = (int) Math.min(bytesToSkip, count);
            bytesToSkip -= start;
            for (int index = start; index < count; index++) {
                if (bytes[index] == '\n') {
                    emit(1);
                    continue;
                }
                if (line.size() >= MAX_LINE_BYTES && isPartEnd(bytes[index])) {
                    emit(0);
                }
                line.write(bytes[index]);
            }
        }

        /** Whether an overlong line may be split before this byte: between characters, unless the text is not UTF-8. */
        private boolean isPartEnd(byte next) {
            return (next & 0xc0) != 0x80 || line.size() >= MAX_LINE_BYTES + MAX_CONTINUATION_BYTES;
        }

        void emit(int lineEnd) {
            String text = line.toString(StandardCharsets.UTF_8);
            printedBytes += line.size() + lineEnd;
            line.reset();
            consumer.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        }
    }
}
