package org.emrelay.runner.diagnosis;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** Cuts a log into lines of which only the beginning is kept, for one line may be as long as the log. */
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
        boolean anything = false;
        boolean overwritten = false;
        for (int read = read(); read >= 0; read = read()) {
            anything = true;
            char character = (char) read;
            if (character == '\n') {
                return Optional.of(line.toString());
            }
            // A console shows what follows a lone carriage return in place of what was there: Spark's progress bar.
            if (overwritten) {
                line.setLength(0);
            }
            overwritten = character == '\r';
            if (!overwritten && line.length() < LineText.LONGEST) {
                line.append(character);
            }
        }
        return anything ? Optional.of(line.toString()) : Optional.empty();
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
