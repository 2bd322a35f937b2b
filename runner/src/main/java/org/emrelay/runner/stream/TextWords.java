package org.emrelay.runner.stream;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into words, ignoring case and the encoding of accents.
 *
 * <p>Letters, digits, accents and underscores form words; an apostrophe ends one, so that {@code Falcon's} contains {@code falcon}. A hashtag or
 * mention is its word. Each symbol, each emoji, and each letter of a script without spaces between words is a separate word.
 */
final class TextWords {
    private static final int ASCII_END = 128;

    private TextWords() {}

    static List<String> split(String text) {
        String normalized = isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int next;
        for (int i = 0; i < normalized.length(); i = next) {
            int codePoint = normalized.codePointAt(i);
            next = i + Character.charCount(codePoint);
            switch (kind(codePoint)) {
                case IN_WORD -> word.appendCodePoint(folded(codePoint));
                case OWN_WORD -> {
                    end(word, words);
                    words.add(Character.toString(folded(codePoint)));
                }
                case SEPARATOR -> end(word, words);
                case IGNORED -> {}
            }
        }
        end(word, words);
        return words;
    }

    private enum Kind {
        IN_WORD,
        OWN_WORD,
        SEPARATOR,
        IGNORED
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= ASCII_END) {
                return false;
            }
        }
        return true;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static Kind kind(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.CONNECTOR_PUNCTUATION -> Kind.IN_WORD;
            case Character.OTHER_LETTER, Character.COMBINING_SPACING_MARK ->
                hasSpaces(codePoint) ? Kind.IN_WORD : Kind.OWN_WORD;
            // The variation selectors of emoji also have this type.
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK ->
                isVariationSelector(codePoint) ? Kind.IGNORED : hasSpaces(codePoint) ? Kind.IN_WORD : Kind.OWN_WORD;
            case Character.FORMAT -> Kind.IGNORED;
            case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL, Character.MODIFIER_SYMBOL, Character.OTHER_SYMBOL ->
                Kind.OWN_WORD;
            default -> Kind.SEPARATOR;
        };
    }

    private static boolean isVariationSelector(int codePoint) {
        return (codePoint >= 0xFE00 && codePoint <= 0xFE0F) || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
    }

    private static boolean hasSpaces(int codePoint) {
        UnicodeScript script = UnicodeScript.of(codePoint);
        return switch (script) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> false;
            default -> true;
        };
    }

    /** Folds the case as {@link String#equalsIgnoreCase} does. */
    private static int folded(int codePoint) {
        return Character.toLowerCase(Character.toUpperCase(codePoint));
    }
}
