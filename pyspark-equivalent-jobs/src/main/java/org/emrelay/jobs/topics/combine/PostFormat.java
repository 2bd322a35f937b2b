package org.emrelay.jobs.topics.combine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The format of a file with posts. */
enum PostFormat {
    JSON,
    CSV,
    TSV;

    static final String AUTO = "auto";
    static final List<String> CHOICES = List.of(AUTO, "json", "csv", "tsv");

    /** Empty for {@link #AUTO}. */
    static Optional<PostFormat> of(String choice) {
        return choice.equals(AUTO) ? Optional.empty() : Optional.of(valueOf(choice.toUpperCase(Locale.ROOT)));
    }

    /** Returns the format of a file that begins with this line. */
    static PostFormat detect(String firstLine) {
        String line = firstLine.stripLeading();
        // Each line of JSON is an object, so it begins with a brace.
        if (line.startsWith("{")) {
            return JSON;
        }
        return count(line, '\t') > 0 && count(line, '\t') >= count(line, ',') ? TSV : CSV;
    }

    /** Whether a file's name indicates JSON lines. */
    static boolean isJsonName(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(".json") || name.endsWith(".jsonl") || name.endsWith(".ndjson");
    }

    /** Returns the delimiter of a CSV or TSV file that begins with this line. */
    char delimiter(String firstLine) {
        if (this == TSV) {
            return '\t';
        }
        return count(firstLine, ';') > count(firstLine, ',') ? ';' : ',';
    }

    private static long count(String text, char character) {
        return text.chars().filter(letter -> letter == character).count();
    }
}
