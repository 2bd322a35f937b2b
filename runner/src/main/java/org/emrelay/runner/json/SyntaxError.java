package org.emrelay.runner.json;

import java.util.List;
import java.util.Objects;

/**
 * The first mistake in a JSON text, and how to correct it.
 *
 * @param offset in the text
 * @param keys the keys of the objects around it, outermost first
 */
public record SyntaxError(int offset, int line, int column, String remedy, List<String> keys) {
    public SyntaxError {
        Objects.requireNonNull(remedy, "remedy");
        keys = List.copyOf(keys);
    }

    static SyntaxError at(String text, int offset, String remedy, List<String> keys) {
        String before = text.substring(0, offset);
        int line =
                1 + (int) before.chars().filter(character -> character == '\n').count();
        return new SyntaxError(offset, line, offset - before.lastIndexOf('\n'), remedy, keys);
    }

    String message() {
        return "line " + line + ", column " + column + ": " + remedy;
    }
}
