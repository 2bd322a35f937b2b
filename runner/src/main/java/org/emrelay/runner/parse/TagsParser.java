package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.quoted;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Parses the user's tags and applies the rules of EMR and EC2. */
record TagsParser(Problems problems) {
    /** AWS allows 50 tags; the runner reserves 10 to identify the resources it creates. */
    private static final int MAX_TAGS = 40;

    private static final int MAX_KEY_LENGTH = 128;
    private static final int MAX_VALUE_LENGTH = 256;
    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N}\\p{Zs}_.:/=+@-]*");
    private static final String ALLOWED_DESCRIPTION = "letters, digits, spaces and _ . : / = + - @";

    Map<String, String> parse(List<ClusterFile.TagEntry> entries) {
        Map<String, String> tags = new LinkedHashMap<>();
        if (entries.size() > MAX_TAGS) {
            problems.error(
                    "Tags",
                    "there are " + entries.size() + " tags; at most " + MAX_TAGS
                            + " are allowed, because AWS allows 50 and the runner adds up to 10.");
        }
        for (int i = 0; i < entries.size(); i++) {
            String key = entries.get(i).key();
            String value = Objects.requireNonNullElse(entries.get(i).value(), "");
            String path = "Tags[" + i + "]";
            if (key != null) {
                checkKey(key, path + ".Key");
                if (tags.putIfAbsent(key, value) != null) {
                    problems.error(path + ".Key", "the tag " + quoted(key) + " is listed twice.");
                }
            }
            checkText(value, MAX_VALUE_LENGTH, path + ".Value");
        }
        return tags;
    }

    private void checkKey(String key, String path) {
        if (key.isBlank()) {
            problems.error(path, "the tag key is empty.");
        } else if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            problems.error(path, quoted(key) + " starts with aws:, which AWS reserves.");
        }
        checkText(key, MAX_KEY_LENGTH, path);
    }

    private void checkText(String text, int maxLength, String path) {
        if (text.length() > maxLength) {
            problems.error(path, "has " + text.length() + " characters; AWS allows at most " + maxLength + ".");
        }
        if (!ALLOWED.matcher(text).matches()) {
            problems.error(
                    path,
                    quoted(text) + " contains a character that AWS does not allow in tags.",
                    "Allowed: " + ALLOWED_DESCRIPTION + ".");
        }
    }
}
