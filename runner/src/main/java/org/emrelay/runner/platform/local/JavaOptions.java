package org.emrelay.runner.platform.local;

import java.util.ArrayList;
import java.util.List;

/** Takes apart the Java options that a Spark configuration holds in one string, by a shell's rules for quotes and backslashes. */
final class JavaOptions {
    private static final char NONE = 0;

    private JavaOptions() {}

    static List<String> split(String options) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inside = false;
        char quote = NONE;
        for (int i = 0; i < options.length(); i++) {
            char character = options.charAt(i);
            if (character == '\\' && quote != '\'' && i + 1 < options.length()) {
                i++;
                word.append(options.charAt(i));
                inside = true;
            } else if (quote != NONE) {
                quote = character == quote ? NONE : quote;
                word.append(quote == NONE ? "" : String.valueOf(character));
            } else if (character == '"' || character == '\'') {
                quote = character;
                inside = true;
            } else if (!Character.isWhitespace(character)) {
                word.append(character);
                inside = true;
            } else if (inside) {
                words.add(word.toString());
                word.setLength(0);
                inside = false;
            }
        }
        if (inside) {
            words.add(word.toString());
        }
        return words;
    }
}
