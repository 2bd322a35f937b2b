package org.emrelay.runner.parse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Reads the user's tags, under the rules that EMR and EC2 share. */
final class TagsParser {
    /** AWS takes fifty; ten are left for those by which our own things are found again. */
    private static final int MOST = 40;

    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;
    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N}\\p{Zs}_.:/=+@-]*");
    private static final String ALLOWED_ONES = "letters, digits, spaces and _ . : / = + - @";

    private final Problems problems;

    TagsParser(Problems problems) {
        this.problems = problems;
    }

    Map<String, String> read(List<ClusterFile.TagEntry> entries) {
        Map<String, String> tags = new LinkedHashMap<>();
        if (entries.size() > MOST) {
            problems.error(
                    "Tags",
                    "there are " + entries.size() + " tags; AWS takes 50, of which 10 are left for the runner's own: "
                            + MOST + " at most.");
        }
        for (int i = 0; i < entries.size(); i++) {
            String key = entries.get(i).key();
            String value = Objects.requireNonNullElse(entries.get(i).value(), "");
            String path = "Tags[" + i + "]";
            if (key != null) {
                checkKey(key, path + ".Key");
                if (tags.putIfAbsent(key, value) != null) {
                    problems.error(path + ".Key", "the tag '" + RecordBinder.shortened(key) + "' stands twice.");
                }
            }
            checkText(value, LONGEST_VALUE, path + ".Value");
        }
        return tags;
    }

    private void checkKey(String key, String path) {
        if (key.isBlank()) {
            problems.error(path, "the key of the tag is empty.");
        } else if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            problems.error(path, "'" + RecordBinder.shortened(key) + "' begins with aws:, which AWS keeps for itself.");
        }
        checkText(key, LONGEST_KEY, path);
    }

    private void checkText(String text, int longest, String path) {
        if (text.length() > longest) {
            problems.error(path, "has " + text.length() + " characters; AWS takes at most " + longest + ".");
        }
        if (!ALLOWED.matcher(text).matches()) {
            problems.error(
                    path,
                    "'" + RecordBinder.shortened(text) + "' holds a character that tags may not have.",
                    "Allowed are " + ALLOWED_ONES + ".");
        }
    }
}
