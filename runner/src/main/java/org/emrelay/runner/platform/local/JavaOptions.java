package org.emrelay.runner.platform.local;

import java.util.ArrayList;
import java.util.List;

/** Splits a string of Java options by shell rules for quotes and backslashes, as Spark does. */
final class JavaOptions {
    private static final char NO_QUOTE = 0;

    private JavaOptions() {}

    static List<String> split(String options) {
        List<String> result = new ArrayList<>();
        StringBuilder option = new StringBuilder();
        boolean inOption = false;
        char quote = NO_QUOTE;
        for (int i = 0; i < options.length(); i++) {
            char character = options.charAt(i);
            if (character == '\\' && quote != '\'' && i + 1 < options.length()) {
                i++;
                option.append(options.charAt(i));
                inOption = true;
            } else if (quote != NO_QUOTE) {
                quote = character == quote ? NO_QUOTE : quote;
                option.append(quote == NO_QUOTE ? "" : String.valueOf(character));
            } else if (character == '"' || character == '\'') {
                quote = character;
                inOption = true;
            } else if (!Character.isWhitespace(character)) {
                option.append(character);
                inOption = true;
            } else if (inOption) {
                result.add(option.toString());
                option.setLength(0);
                inOption = false;
            }
        }
        if (inOption) {
            result.add(option.toString());
        }
        return result;
    }
}
