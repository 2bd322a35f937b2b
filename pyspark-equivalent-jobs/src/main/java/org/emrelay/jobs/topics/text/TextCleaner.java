package org.emrelay.jobs.topics.text;

import java.util.regex.Pattern;

/**
 * Reduces a post to the author's words.
 *
 * <p>Decodes HTML entities, converts to lower case and Unicode's NFKC form, and removes URLs, mentions, e-mail addresses, emoji and the
 * prefix {@code RT @name:}. The words of hashtags remain.
 */
public final class TextCleaner {
    /**
     * Matches host names that are followed by a path or end with a common top-level domain. The quantifiers are possessive: they do not
     * recurse.
     */
    private static final Pattern HOST_NAME = Pattern.compile("(?<![@\\w.-])(?:[a-z0-9-]++\\.(?=[a-z]))++"
            + "(?:[a-z]{2,}+/[^\\s\\u3005-\\u9FFF]*+|(?:com|org|net|edu|gov|io|info)(?![\\w-]))");

    /** The rest of a URL where X truncated a repost. NFKC has already turned the ellipsis into three dots. */
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

    /** Does the same as {@link #clean}, but keeps mentions. */
    public static String cleanWithMentions(String post) {
        return new TextCleaner(FoldedText.of(HtmlEntities.decode(post)), true).clean();
    }

    /** Whether a post starts with {@code RT @name}. Reposts did before platforms had a flag for them. */
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

    /** Whether nothing remains but the punctuation around removed parts. */
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
                // The host name of the URL. A word contains at most one.
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
