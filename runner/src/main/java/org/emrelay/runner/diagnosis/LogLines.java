package org.emrelay.runner.diagnosis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Reads the lines of a log: all of a short one, the beginning and the end of a long one.
 *
 * <p>A log may have any size, and a line too. Memory is bounded by the end that is kept.
 */
final class LogLines {
    /** Small enough for G1 to collect at once. */
    private static final int BLOCK = 1 << 18;

    /** A JVM that does not start, or a wrong argument, shows at the beginning. */
    private static final int HEAD_BLOCKS = (16 << 20) / BLOCK;

    /** What ended the program shows at the end. */
    private static final int TAIL_BLOCKS = (64 << 20) / BLOCK;

    /** A character of UTF-8 has at most four bytes. */
    private static final int MAX_LINE_BYTES = 4 * LineText.MAX_LENGTH;

    private final LineListener listener;
    private final UnaryOperator<String> mask;
    private final int blockSize;
    private final int headBlocks;
    private final int tailBlocks;
    /** The start of a line that continues in the next block. */
    private byte[] line = new byte[256];

    private int lineLength;
    private boolean lineStarted;
    private boolean overwritten;

    LogLines(LineListener listener, UnaryOperator<String> mask) {
        this(listener, mask, BLOCK, HEAD_BLOCKS, TAIL_BLOCKS);
    }

    LogLines(LineListener listener, UnaryOperator<String> mask, int blockSize, int headBlocks, int tailBlocks) {
        this.listener = Objects.requireNonNull(listener, "listener");
        this.mask = Objects.requireNonNull(mask, "mask");
        this.blockSize = blockSize;
        this.headBlocks = headBlocks;
        this.tailBlocks = tailBlocks;
    }

    /** One block of a log. */
    private static final class Block {
        private final byte[] bytes;
        private final int length;

        private Block(byte[] bytes, int length) {
            this.bytes = bytes;
            this.length = length;
        }

        static Block read(InputStream log, byte[] buffer) throws IOException {
            return new Block(buffer, Math.max(0, log.readNBytes(buffer, 0, buffer.length)));
        }

        boolean isLast() {
            return length < bytes.length;
        }

        long lineFeeds() {
            String text = new String(bytes, 0, length, ISO_8859_1);
            long count = 0;
            for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
                count++;
            }
            return count;
        }

        boolean endsLine() {
            return bytes[length - 1] == '\n';
        }
    }

    void read(InputStream log) throws IOException {
        byte[] buffer = new byte[blockSize];
        for (int blocks = 0; blocks < headBlocks; blocks++) {
            Block block = Block.read(log, buffer);
            accept(block, 0);
            if (block.isLast()) {
                endOfLog();
                return;
            }
        }
        readTail(log);
        endOfLog();
    }

    private void readTail(InputStream log) throws IOException {
        Deque<Block> tail = new ArrayDeque<>();
        long skippedLines = 0;
        boolean skipped = false;
        boolean endsLine = false;
        byte[] buffer = new byte[blockSize];
        for (Block block = Block.read(log, buffer); block.length > 0; block = Block.read(log, buffer)) {
            tail.add(block);
            if (tail.size() <= tailBlocks) {
                buffer = new byte[blockSize];
            } else {
                Block dropped = tail.remove();
                skippedLines += dropped.lineFeeds();
                endsLine = dropped.endsLine();
                skipped = true;
                buffer = dropped.bytes;
            }
        }
        if (skipped) {
            endOfLog();
            listener.skip(skippedLines);
            acceptFromNextLine(tail, endsLine);
        } else {
            tail.forEach(block -> accept(block, 0));
        }
    }

    /** The rest of a line that began before is skipped. */
    private void acceptFromNextLine(Deque<Block> tail, boolean atLineStart) {
        boolean inLine = !atLineStart;
        for (Block block : tail) {
            int start = 0;
            if (inLine) {
                start = new String(block.bytes, 0, block.length, ISO_8859_1).indexOf('\n') + 1;
                inLine = start == 0;
            }
            if (!inLine) {
                accept(block, start);
            }
        }
    }

    private void accept(Block block, int from) {
        // The JDK searches a string of one byte per character with vector instructions.
        String text = new String(block.bytes, 0, block.length, ISO_8859_1);
        int start = from;
        for (int end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
            if (lineStarted || end - start > MAX_LINE_BYTES) {
                append(block.bytes, start, end);
                endLine();
            } else {
                listener.accept(line(block.bytes, start, end));
            }
            start = end + 1;
        }
        if (start < block.length) {
            append(block.bytes, start, block.length);
        }
    }

    /** Keeps what a terminal would show: text after a lone carriage return overwrites the line, as in Spark's progress bar. */
    private void append(byte[] bytes, int from, int to) {
        lineStarted = true;
        int end = to;
        while (end > from && bytes[end - 1] == '\r') {
            end--;
        }
        int start = startOfVisible(bytes, from, end);
        if (end > from && (overwritten || start > from)) {
            lineLength = 0;
        }
        overwritten = end < to || (overwritten && end == from);
        int length = Math.min(end - start, MAX_LINE_BYTES - lineLength);
        if (length > 0) {
            if (lineLength + length > line.length) {
                line = Arrays.copyOf(line, Math.min(MAX_LINE_BYTES, 2 * (lineLength + length)));
            }
            System.arraycopy(bytes, start, line, lineLength, length);
            lineLength += length;
        }
    }

    private static int startOfVisible(byte[] bytes, int from, int end) {
        for (int at = end - 1; at >= from; at--) {
            if (bytes[at] == '\r') {
                return at + 1;
            }
        }
        return from;
    }

    private void endLine() {
        listener.accept(line(line, 0, lineLength));
        lineLength = 0;
        lineStarted = false;
        overwritten = false;
    }

    private String line(byte[] bytes, int from, int to) {
        String text = mask.apply(LineText.visible(new String(bytes, from, to - from, UTF_8)));
        return text.length() <= LineText.MAX_LENGTH ? text : text.substring(0, LineText.MAX_LENGTH);
    }

    private void endOfLog() {
        if (lineStarted) {
            endLine();
        }
    }
}
