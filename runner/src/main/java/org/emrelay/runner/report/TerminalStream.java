package org.emrelay.runner.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Objects;

/**
 * The only stream to the terminal: shows control and bidirectional characters as escapes.
 *
 * <p>Filters all text, whoever wrote it; only {@link #control} emits escape sequences. Also filters output to files and pipes, because it
 * may be printed later.
 */
public final class TerminalStream extends PrintStream {
    private final PrintStream sink;
    private final boolean colored;

    private TerminalStream(PrintStream sink, boolean colored) {
        super(new Filter(sink), true, UTF_8);
        this.sink = sink;
        this.colored = colored;
    }

    /** Filters what is printed, once. */
    public static TerminalStream over(PrintStream sink) {
        return over(sink, false);
    }

    /**
     * Filters what is printed, once.
     *
     * @param colored whether to show styles
     */
    public static TerminalStream over(PrintStream sink, boolean colored) {
        return sink instanceof TerminalStream filtered
                ? filtered
                : new TerminalStream(Objects.requireNonNull(sink, "sink"), colored);
    }

    /** Prints a line in a style if the terminal supports colours. */
    void println(TextStyle style, String line) {
        if (colored) {
            control(style.start());
        }
        print(line);
        if (colored) {
            control(style.end());
        }
        println();
        flush();
    }

    /** Emits escape sequences of the runner itself, and text that is safe to print. */
    void control(String sequence) {
        flush();
        sink.print(sequence);
        sink.flush();
    }

    /** Decodes UTF-8 across writes, because logs are copied as bytes. */
    private static final class Filter extends OutputStream {
        private static final int BLOCK = 1 << 13;

        private final PrintStream sink;
        private final CharsetDecoder decoder = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        /** Holds the start of an incomplete character between writes. */
        private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK);

        private final CharBuffer characters = CharBuffer.allocate(BLOCK);

        Filter(PrintStream sink) {
            this.sink = sink;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] content, int offset, int length) {
            int end = offset + length;
            for (int position = offset; position < end; ) {
                int count = Math.min(bytes.remaining(), end - position);
                bytes.put(content, position, count);
                position += count;
                bytes.flip();
                decoder.decode(bytes, characters.clear(), false);
                bytes.compact();
                sink.append(TerminalText.visible(characters.flip()));
            }
        }

        @Override
        public void flush() {
            sink.flush();
        }
    }
}
