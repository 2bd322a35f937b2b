package org.emrelay.runner.export.terraform;

import java.util.Locale;

/** Escapes text in quoted templates: what HCL takes for an escape, an interpolation or a directive. */
final class HclString {
    private HclString() {}

    /**
     * The text between quotes.
     *
     * @param beforeInterpolation whether an interpolation follows
     */
    static String escaped(String text, boolean beforeInterpolation) {
        StringBuilder escaped = new StringBuilder();
        int[] characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            int character = characters[i];
            boolean isLast = i == characters.length - 1;
            switch (character) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case '$', '%' ->
                    appendSign(
                            (char) character, isLast ? (beforeInterpolation ? '$' : ' ') : characters[i + 1], escaped);
                default -> {
                    if (Character.isISOControl(character) || character == 0x2028 || character == 0x2029) {
                        appendCode(character, escaped);
                    } else {
                        escaped.appendCodePoint(character);
                    }
                }
            }
        }
        return escaped.toString();
    }

    /** Doubles a sign before a brace. Before another sign it gets its code, since signs and braces in a row are ambiguous. */
    private static void appendSign(char sign, int next, StringBuilder escaped) {
        if (next == '$' || next == '%') {
            appendCode(sign, escaped);
        } else {
            escaped.append(sign);
            if (next == '{') {
                escaped.append(sign);
            }
        }
    }

    private static void appendCode(int character, StringBuilder escaped) {
        escaped.append(String.format(Locale.ROOT, "\\u%04x", character));
    }
}
