package org.emrelay.jobs.topics.combine;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.emrelay.jobs.SnakeCase;
import org.jspecify.annotations.Nullable;

/**
 * The positions of a post's fields in a CSV or TSV file.
 *
 * @param hasHeader whether the first record is a header
 * @param lang the zero-based position of the column; -1 if there is none
 * @param repost the zero-based position of the column; -1 if there is none
 */
record DelimitedLayout(boolean hasHeader, int id, int time, int text, int lang, int repost) {
    private static final int NONE = -1;
    /** A longer cell is not a column name. */
    private static final int MAX_NAME_LENGTH = 64;

    private static final List<String> ID = List.of("id", "id_str", "post_id", "tweet_id", "status_id", "uri");
    private static final List<String> TIME =
            List.of("created_at", "time", "timestamp", "datetime", "date", "published_at", "posted_at");
    private static final List<String> TEXT =
            List.of("text", "full_text", "content", "tweet", "post", "body", "message");
    private static final List<String> LANG = List.of("lang", "language");
    private static final List<String> REPOST = List.of("repost_of", "repost", "retweeted_status_id", "is_retweet");

    /**
     * Locates the columns by the first record.
     *
     * @return empty if a required column is missing
     */
    static Optional<DelimitedLayout> of(List<String> first, PostColumns columns) {
        DelimitedLayout layout = new DelimitedLayout(
                hasNames(first, columns),
                find(first, columns.id(), ID),
                find(first, columns.time(), TIME),
                find(first, columns.text(), TEXT),
                find(first, columns.lang(), LANG),
                find(first, columns.repost(), REPOST));
        return Optional.of(layout).filter(found -> found.id() >= 0 && found.time() >= 0 && found.text() >= 0);
    }

    /** Whether the first record is a header. A header has a column that the user named, or no time in its time column. */
    private static boolean hasNames(List<String> first, PostColumns columns) {
        Collection<String> named = columns.named().values();
        if (named.stream().anyMatch(name -> !PostColumns.isNumber(name) && indexOf(first, name) >= 0)) {
            return true;
        }
        int time = find(first, columns.time(), TIME);
        return time >= 0
                && time < first.size()
                && PostTime.micros(first.get(time)) == null
                && first.stream().allMatch(cell -> cell.length() <= MAX_NAME_LENGTH);
    }

    private static int find(List<String> first, String column, List<String> known) {
        if (column.isEmpty()) {
            return known.stream()
                    .map(name -> indexOf(first, name))
                    .filter(index -> index >= 0)
                    .findFirst()
                    .orElse(NONE);
        }
        // Not looked up by name: a cell of the first record may contain the same number.
        return PostColumns.isNumber(column) ? Integer.parseInt(column) : indexOf(first, column);
    }

    private static int indexOf(List<String> names, String name) {
        int exact = names.indexOf(name);
        if (exact >= 0) {
            return exact;
        }
        String normalized = normalized(name);
        for (int index = 0; index < names.size(); index++) {
            String candidate = names.get(index);
            if (candidate.length() <= MAX_NAME_LENGTH && normalized(candidate).equals(normalized)) {
                return index;
            }
        }
        return NONE;
    }

    private static String normalized(String name) {
        String snakeCase = SnakeCase.of(name);
        return snakeCase.isEmpty() ? name.strip().toLowerCase(Locale.ROOT) : snakeCase;
    }

    /** Returns the user's columns that are missing from a file with this first record, by flag. */
    static Map<String, String> missing(List<String> first, PostColumns columns) {
        Map<String, String> missing = columns.named();
        missing.values().removeIf(column -> {
            int index = find(first, column, List.of());
            return index >= 0 && index < first.size();
        });
        return missing;
    }

    ParsedRecord parse(List<String> cells) {
        if (Math.max(id, Math.max(time, text)) >= cells.size()) {
            return ParsedRecord.malformed(MalformedReason.TOO_FEW_COLUMNS);
        }
        return ParsedRecord.of(cells.get(id), cells.get(time), cells.get(text), cell(cells, lang), cell(cells, repost));
    }

    private static @Nullable String cell(List<String> cells, int index) {
        return index < 0 || index >= cells.size() ? null : cells.get(index);
    }
}
