package org.emrelay.jobs.topics.combine;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.tables.Flags;

/**
 * The location of a post's fields in the user's files.
 *
 * <p>Each is a JSON path, a name in a header, or a zero-based position; empty to recognize known names.
 */
public record PostColumns(String id, String time, String text, String lang, String repost) implements Serializable {
    private static final long serialVersionUID = 1L;

    static final String ID_FLAG = "--id-column";
    static final String TIME_FLAG = "--time-column";
    static final String TEXT_FLAG = "--text-column";
    static final String LANG_FLAG = "--lang-column";
    static final String REPOST_FLAG = "--repost-column";
    static final List<String> FLAGS = List.of(ID_FLAG, TIME_FLAG, TEXT_FLAG, LANG_FLAG, REPOST_FLAG);

    static final PostColumns KNOWN = new PostColumns("", "", "", "", "");

    public PostColumns {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(lang, "lang");
        Objects.requireNonNull(repost, "repost");
    }

    static PostColumns parse(Flags flags) {
        return new PostColumns(
                flags.textOr(ID_FLAG, ""),
                flags.textOr(TIME_FLAG, ""),
                flags.textOr(TEXT_FLAG, ""),
                flags.textOr(LANG_FLAG, ""),
                flags.textOr(REPOST_FLAG, ""));
    }

    /** Returns the columns that the user specified, by flag. */
    Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        List<String> columns = List.of(id, time, text, lang, repost);
        for (int index = 0; index < columns.size(); index++) {
            if (!columns.get(index).isEmpty()) {
                named.put(FLAGS.get(index), columns.get(index));
            }
        }
        return named;
    }

    /** Whether a column is given by its position. */
    static boolean isNumber(String column) {
        return !column.isEmpty() && column.length() < 6 && column.chars().allMatch(Character::isDigit);
    }
}
