package org.emrelay.jobs.topics.text;

/** Copies a part of a folded text without spaces. Leaves out URLs, mentions, e-mail addresses and the {@code #} of hashtags. */
final class WordCleaner {
    private final String text;
    private final StringBuilder cleaned;
    private final boolean keepsMentions;

    WordCleaner(String text, StringBuilder cleaned, boolean keepsMentions) {
        this.text = text;
        this.cleaned = cleaned;
        this.keepsMentions = keepsMentions;
    }

    void append(int from, int to) {
        int start = cleaned.length();
        int index = from;
        while (index < to) {
            char character = text.charAt(index);
            if (isUrl(index, from)) {
                index = endOfUrl(index, to);
            } else if (character == '@' && index + 1 < to && isNamePart(text.charAt(index + 1))) {
                index = mention(start, index, from, to);
            } else {
                if (character != '#') {
                    cleaned.append(character);
                }
                index++;
            }
        }
    }

    private boolean isUrl(int index, int from) {
        char character = text.charAt(index);
        if (character == 'h') {
            return text.startsWith("http://", index) || text.startsWith("https://", index);
        }
        return character == 'w'
                && text.startsWith("www.", index)
                && (index == from || !Character.isLetterOrDigit(text.charAt(index - 1)));
    }

    /** Ends before Chinese and Japanese characters, which often follow a URL without a space. */
    private int endOfUrl(int index, int to) {
        int end = index;
        while (end < to && !Cjk.contains(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private int mention(int start, int index, int from, int to) {
        boolean isAddress = index > from && isNamePart(text.charAt(index - 1));
        if (isAddress) {
            int length = cleaned.length();
            while (length > start && isAddressPart(cleaned.charAt(length - 1))) {
                length--;
            }
            cleaned.setLength(length);
            return endOfAddress(index + 1, to);
        }
        int end = endOfHandle(index + 1, to);
        if (keepsMentions) {
            cleaned.append(text, index, end);
        }
        return end;
    }

    /** The end of a handle: {@code name} on X, or {@code name.example.social} on Bluesky. */
    private int endOfHandle(int index, int to) {
        int end = index;
        while (end < to && isNamePart(text.charAt(end))) {
            end++;
        }
        int last = endOfAddress(index, to);
        return text.substring(end, last).contains(".") ? last : end;
    }

    private int endOfAddress(int index, int to) {
        int end = index;
        while (end < to && isAddressPart(text.charAt(end))) {
            end++;
        }
        while (end > index && !isNamePart(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isAddressPart(char character) {
        return isNamePart(character) || character == '.' || character == '-' || character == '+';
    }

    private static boolean isNamePart(char character) {
        return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character == '_';
    }
}
