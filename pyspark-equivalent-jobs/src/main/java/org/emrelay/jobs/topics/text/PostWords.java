package org.emrelay.jobs.topics.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a cleaned post into words for comparison.
 *
 * <p>A word is a run of letters, combining marks and digits, or a mention. Apostrophes and hyphens separate words, so that {@code god's} contains {@code god}. Each Chinese or Japanese character is a word.
 */
public final class PostWords {
    private PostWords() {}

    public static List<String> of(String cleaned) {
        List<String> words = new ArrayList<>();
        int index = 0;
        while (index < cleaned.length()) {
            int start = index;
            int codePoint = cleaned.codePointAt(index);
            index += Character.charCount(codePoint);
            if (Cjk.contains(codePoint)) {
                words.add(cleaned.substring(start, index));
            } else if (isPart(codePoint)) {
                index = endOfWord(cleaned, index);
                words.add(cleaned.substring(start, index));
            } else if (codePoint == '@') {
                index = endOfMention(cleaned, index);
                if (index > start + 1) {
                    words.add(cleaned.substring(start, index));
                }
            }
        }
        return words;
    }

    private static int endOfWord(String cleaned, int from) {
        int index = from;
        while (index < cleaned.length()) {
            int codePoint = cleaned.codePointAt(index);
            if (!isPart(codePoint) || Cjk.contains(codePoint)) {
                break;
            }
            index += Character.charCount(codePoint);
        }
        return index;
    }

    private static int endOfMention(String cleaned, int from) {
        int index = from;
        while (index < cleaned.length() && isMentionPart(cleaned.charAt(index))) {
            index++;
        }
        while (index > from && !isPart(cleaned.charAt(index - 1)) && cleaned.charAt(index - 1) != '_') {
            index--;
        }
        return index;
    }

    private static boolean isMentionPart(char character) {
        return character == '_' || character == '.' || character == '-' || Character.isLetterOrDigit(character);
    }

    static boolean isPart(int codePoint) {
        if (codePoint <= 0x7F) {
            return (codePoint >= 'a' && codePoint <= 'z')
                    || (codePoint >= '0' && codePoint <= '9')
                    || (codePoint >= 'A' && codePoint <= 'Z');
        }
        return Character.isLetterOrDigit(codePoint) || isMark(codePoint);
    }

    static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
