package org.emrelay.runner.eventlog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Collects sentences about what is missing from a log. */
final class Gaps {
    private static final int MAX = 20;

    private final Set<String> sentences = new LinkedHashSet<>();

    void add(String sentence) {
        if (sentences.size() < MAX) {
            sentences.add(sentence);
        }
    }

    void addIf(long count, String noun, String rest) {
        if (count > 0) {
            add(count(count, noun) + " " + rest);
        }
    }

    List<String> sentences() {
        return List.copyOf(sentences);
    }

    /** Formats a count, such as "1 event" or "2,000 events". */
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    /** Formats bytes, such as "3 MB", rounded down. The SI prefixes stand for powers of two, as in Spark's documentation. */
    static String bytes(long bytes) {
        if (bytes >= 1L << 30) {
            return (bytes >> 30) + " GB";
        }
        return bytes >= 1 << 20 ? (bytes >> 20) + " MB" : (bytes >> 10) + " kB";
    }
}
