package org.emrelay.jobs.topics.text;

import java.text.Normalizer;
import java.util.Locale;

/** Converts text to lower case and Unicode's NFKC form. Removes emoji, other symbols and invisible characters. */
final class FoldedText {
    private static final int FIRST_PICTOGRAPH = 0x1F000;

    private FoldedText() {}

    static String of(String text) {
        if (isAscii(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        // Symbols first: NFKC turns ™ into letters, which would become part of the word before it.
        String visible = withoutSymbols(text);
        String folded = Normalizer.normalize(visible, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        // In this locale, İ becomes i and a combining dot; in Turkish it would become i.
        return folded.indexOf('\u0307') < 0 ? folded : folded.replace("i\u0307", "i");
    }

    private static boolean isAscii(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static String withoutSymbols(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        int index = 0;
        while (index < text.length()) {
            int codePoint = text.codePointAt(index);
            index += Character.charCount(codePoint);
            if (codePoint <= 0x7F) {
                visible.append((char) codePoint);
            } else if (isSeparator(codePoint)) {
                visible.append(' ');
            } else if (!isInvisible(codePoint)) {
                visible.appendCodePoint(codePoint);
            }
        }
        return visible.toString();
    }

    /** Emoji, other symbols, unpaired surrogates, and the zero-width space that separates words in Thai and Khmer. */
    private static boolean isSeparator(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.OTHER_SYMBOL
                || type == Character.SURROGATE
                || type == Character.CONTROL
                || codePoint == '\u200B';
    }

    /** Variation selectors, joiners, soft hyphens, directional marks, keycaps and skin tones. */
    private static boolean isInvisible(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.FORMAT
                || type == Character.ENCLOSING_MARK
                || (type == Character.MODIFIER_SYMBOL && codePoint >= FIRST_PICTOGRAPH)
                || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
    }
}
