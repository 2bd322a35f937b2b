package org.emrelay.runner.diagnosis;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** Splits a log into lines and truncates them: a line may be arbitrarily long. */
final class BoundedLines {
    private final Reader log;
    private final char[] buffer = new char[1 << 16];
    private int position;
    private int filled;

    BoundedLines(Reader log) {
        this.log = log;
    }

    Optional<String> next() throws IOException {
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
