package org.emrelay.jobs.topics.text;

import java.util.regex.Pattern;

/**
 * Reduces a post to its own words.
 *
 * <p>Decodes HTML entities, folds to lower case in Unicode's form NFKC, and removes URLs, mentions, e-mail addresses, emoji and the
 * prefix {@code RT @name:}. Hashtags keep their word.
 */
public final class TextCleaner {
    /** Host names that are followed by a path, or that end with a frequent top-level domain. Possessive, so they need no stack. */
    private static final Pattern HOST_NAME = Pattern.compile("(?<![@\\w.-])(?:[a-z0-9-]++\\.(?=[a-z]))++"
            + "(?:[a-z]{2,}+/[^\\s\\u3005-\\u9FFF]*+|(?:com|org|net|edu|gov|io|info)(?![\\w-]))");

    /** What X leaves of a URL where it truncates a repost; NFKC has made three dots of the ellipsis. */
    private static final Pattern TRUNCATED_URL = Pattern.compile("ht{0,2}p?s?:?/{0,2}\\.\\.\\.");

    private static final Pattern REPOST = Pattern.compile("^[\\s\"“]*RT:?\\s*[@＠]\\w", Pattern.CASE_INSENSITIVE);

    private final String text;
    private final boolean keepsMentions;
    private final StringBuilder cleaned;

    private TextCleaner(String text, boolean keepsMentions) {
        this.text = text;
        this.keepsMentions = keepsMentions;
        this.cleaned = new StringBuilder(text.length());
    }

    /** Returns the words and punctuation of a post, separated by single spaces. */
    public static String clean(String post) {
        return new TextCleaner(FoldedText.of(HtmlEntities.decode(post)), false).clean();
    }

    /** Returns what {@link #clean} does, with the mentions. */
    public static String cleanWithMentions(String post) {
        return new TextCleaner(FoldedText.of(HtmlEntities.decode(post)), true).clean();
    }

    /** Whether a post starts with {@code RT @name}, as reposts did before platforms had a flag for them. */
    public static boolean isMarkedAsRepost(String post) {
        return REPOST.matcher(post).find();
    }

    private String clean() {
        int from = nextWord(0);
        while (from < text.length()) {
            int to = endOfWord(from);
            int next = nextWord(to);
            boolean isRepostMark = isRepostMark(from, to) && next < text.length() && text.charAt(next) == '@';
            if (!isRepostMark && !(next == text.length() && isTruncatedUrl(from, to))) {
                append(from, to);
            }
            from = next;
        }
        return cleaned.toString();
    }

    private void append(int from, int to) {
        int start = cleaned.length();
        if (start > 0) {
            cleaned.append(' ');
        }
        int first = cleaned.length();
        if (mayHaveHostName(from, to)) {
            String rest = HOST_NAME.matcher(text.substring(from, to)).replaceAll("");
            new WordCleaner(rest, cleaned, keepsMentions).append(0, rest.length());
        } else {
            new WordCleaner(text, cleaned, keepsMentions).append(from, to);
        }
        if (isEmptyOrPunctuation(first, to - from)) {
            cleaned.setLength(start);
        }
    }

    /** Whether nothing is left, or only the punctuation around what was removed. */
    private boolean isEmptyOrPunctuation(int first, int originalLength) {
        if (cleaned.length() == first) {
            return true;
        }
        if (cleaned.length() - first == originalLength) {
            return false;
        }
        return cleaned.chars().skip(first).noneMatch(Character::isLetterOrDigit);
    }

    private boolean mayHaveHostName(int from, int to) {
        boolean isFound = false;
        for (int index = from + 1; index + 2 < to; index++) {
            char character = text.charAt(index);
            if (character == ':' && text.startsWith("://", index)) {
                // The URL's own host name; a word has no second one.
                return false;
            }
            char next = text.charAt(index + 1);
            isFound |= character == '.' && next >= 'a' && next <= 'z';
        }
        return isFound;
    }

    private boolean isRepostMark(int from, int to) {
        return text.startsWith("rt", from) && (to - from == 2 || (to - from == 3 && text.charAt(from + 2) == ':'));
    }

    private boolean isTruncatedUrl(int from, int to) {
        return text.charAt(from) == 'h'
                && text.startsWith("...", to - 3)
                && TRUNCATED_URL.matcher(text).region(from, to).matches();
    }

    private int nextWord(int from) {
        int index = from;
        while (index < text.length() && isSpace(text.charAt(index))) {
            index++;
        }
        return index;
    }

    private int endOfWord(int from) {
        int index = from;
        while (index < text.length() && !isSpace(text.charAt(index))) {
            index++;
        }
        return index;
    }

    static boolean isSpace(char character) {
        return character <= ' '
                || (character > 0x7F && (Character.isWhitespace(character) || Character.isSpaceChar(character)));
    }
}
