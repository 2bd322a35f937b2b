package org.emrelay.jobs.topics.combine;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A post, or the reason why a record is not one.
 *
 * @param timeMicros in microseconds since 1970
 * @param repostOf the id of the original; null if this is not a repost or the original is unknown
 * @param reason null for a post; its other components are set only then
 */
record ParsedRecord(
        @Nullable String id,
        long timeMicros,
        @Nullable String text,
        @Nullable String lang,
        boolean isRepost,
        @Nullable String repostOf,
        @Nullable MalformedReason reason) {
    /** How programs write a missing value. */
    private static final Set<String> MISSING = Set.of("", "none", "null", "nan", "n/a", "[]", "{}");

    private static final Set<String> FALSE = Set.of("false", "0", "no", "f", "n");
    private static final Set<String> TRUE = Set.of("true", "1", "yes", "t", "y", "retweet", "retweeted", "repost");

    /**
     * Checks the fields of a record.
     *
     * @param repost whether it is a repost, or the id of the original
     */
    static ParsedRecord of(
            @Nullable String id,
            @Nullable String time,
            @Nullable String text,
            @Nullable String lang,
            @Nullable String repost) {
        String presentId = present(id);
        String presentTime = present(time);
        if (presentId == null) {
            return malformed(MalformedReason.NO_ID);
        } else if (presentTime == null) {
            return malformed(MalformedReason.NO_TIME);
        }
        Long micros = PostTime.micros(presentTime);
        if (micros == null) {
            return malformed(MalformedReason.BAD_TIME);
        } else if (text == null) {
            return malformed(MalformedReason.NO_TEXT);
        }
        String original = present(repost);
        String word = original == null ? "false" : original.toLowerCase(Locale.ROOT);
        boolean isFlag = FALSE.contains(word) || TRUE.contains(word);
        return new ParsedRecord(
                presentId, micros, text, present(lang), !FALSE.contains(word), isFlag ? null : original, null);
    }

    static ParsedRecord malformed(MalformedReason reason) {
        return new ParsedRecord(null, 0, null, null, false, null, Objects.requireNonNull(reason, "reason"));
    }

    private static @Nullable String present(@Nullable String value) {
        if (value == null) {
            return null;
        }
        String stripped = value.strip();
        // Most values are longer than the longest of these words and need no lookup.
        return stripped.length() < 6 && MISSING.contains(stripped.toLowerCase(Locale.ROOT)) ? null : stripped;
    }
}
