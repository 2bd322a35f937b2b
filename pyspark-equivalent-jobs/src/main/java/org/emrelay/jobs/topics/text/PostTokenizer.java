package org.emrelay.jobs.topics.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a cleaned post into tokens.
 *
 * <p>A token is a run of letters and combining marks with inner apostrophes and hyphens. A run of Chinese or Japanese characters becomes overlapping pairs of characters: such text has no spaces, and pairs need no
 * dictionary. Thai, Lao, Khmer and Burmese have no spaces either: a run of these letters is one token. Digits end a token
 * ({@code covid19} is {@code covid}); a run that starts with a digit ({@code 2024}, {@code 1st}) is {@link #NUMBER}.
 */
final class PostTokenizer {
    /** Takes the place of a number, so that the words around it are not adjacent. */
    static final String NUMBER = "";

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int index;

    private PostTokenizer(String text) {
        this.text = text;
    }

    static List<String> tokens(String cleaned) {
        PostTokenizer tokenizer = new PostTokenizer(cleaned);
        tokenizer.run();
        return tokenizer.tokens;
    }

    private void run() {
        while (index < text.length()) {
            int codePoint = text.codePointAt(index);
            if (Cjk.contains(codePoint)) {
                addPairs();
            } else if (isLetter(codePoint)) {
                addWord();
            } else if (isDigit(codePoint)) {
                skipAlphanumeric();
                tokens.add(NUMBER);
            } else {
                index += Character.charCount(codePoint);
            }
        }
    }

    private void addPairs() {
        int first = index;
        int second = text.offsetByCodePoints(first, 1);
        if (!isCjkAt(second)) {
            tokens.add(text.substring(first, second));
        }
        while (isCjkAt(second)) {
            int next = text.offsetByCodePoints(second, 1);
            tokens.add(text.substring(first, next));
            first = second;
            second = next;
        }
        index = second;
    }

    private void addWord() {
        int start = index;
        boolean isCurly = false;
        while (index < text.length()) {
            int codePoint = text.codePointAt(index);
            int next = index + Character.charCount(codePoint);
            if (isJoint(codePoint) && isWordAt(next)) {
                isCurly |= codePoint != '\'' && codePoint != '-';
            } else if (!isWordPart(codePoint)) {
                break;
            }
            index = next;
        }
        String word = text.substring(start, index);
        tokens.add(isCurly ? straight(word) : word);
        if (index < text.length() && isDigit(text.codePointAt(index))) {
            skipAlphanumeric();
        }
    }

    private void skipAlphanumeric() {
        while (index < text.length()) {
            int codePoint = text.codePointAt(index);
            if (!PostWords.isPart(codePoint) || Cjk.contains(codePoint)) {
                return;
            }
            index += Character.charCount(codePoint);
        }
    }

    private boolean isWordAt(int position) {
        return position < text.length() && isLetter(text.codePointAt(position)) && !isCjkAt(position);
    }

    private boolean isCjkAt(int position) {
        return position < text.length() && Cjk.contains(text.codePointAt(position));
    }

    private static boolean isWordPart(int codePoint) {
        return (isLetter(codePoint) && !Cjk.contains(codePoint)) || (codePoint > 0x7F && PostWords.isMark(codePoint));
    }

    private static boolean isLetter(int codePoint) {
        return codePoint <= 0x7F ? codePoint >= 'a' && codePoint <= 'z' : Character.isLetter(codePoint);
    }

    private static boolean isDigit(int codePoint) {
        return codePoint <= 0x7F ? codePoint >= '0' && codePoint <= '9' : Character.isDigit(codePoint);
    }

    /** Apostrophes and hyphens. NFKC has already turned the non-breaking hyphen into U+2010. */
    private static boolean isJoint(int codePoint) {
        return codePoint == '\''
                || codePoint == '-'
                || codePoint == '\u2019'
                || codePoint == '\u02BC'
                || codePoint == '\u2010';
    }

    private static String straight(String word) {
        return word.replace('\u2019', '\'').replace('\u02BC', '\'').replace('\u2010', '-');
    }
}
