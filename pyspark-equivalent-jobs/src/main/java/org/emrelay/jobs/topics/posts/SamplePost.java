package org.emrelay.jobs.topics.posts;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of the sample posts.
 *
 * @param topic the name of its topic; {@link #NO_TOPIC} for a post without one
 * @param repostOf the id of the original; null if this is not a repost
 */
record SamplePost(
        Kind kind,
        long id,
        long createdMillis,
        String text,
        String lang,
        long author,
        String topic,
        @Nullable Long repostOf) {
    static final String NO_TOPIC = "none";

    /** The kinds of lines. The number is how many of 1000 lines are of that kind. */
    enum Kind {
        ORIGINAL(690),
        CHAT(40),
        FOREIGN(60),
        REPOST(90),
        NEAR_DUPLICATE(50),
        /** A copy of an earlier post's whole line. */
        REPEATED(30),
        MALFORMED(15),
        EMPTY(10),
        ONLY_URL(15);

        private final int share;

        Kind(int share) {
            this.share = share;
        }

        /** Returns the kind that a number from 0 to 999 selects. */
        static Kind of(int drawn) {
            int rest = drawn;
            for (Kind kind : values()) {
                rest -= kind.share;
                if (rest < 0) {
                    return kind;
                }
            }
            return ORIGINAL;
        }

        boolean isCopy() {
            return this == REPOST || this == NEAR_DUPLICATE || this == REPEATED;
        }

        boolean isCopied() {
            return this == ORIGINAL || this == CHAT || this == FOREIGN;
        }
    }

    SamplePost {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(lang, "lang");
        Objects.requireNonNull(topic, "topic");
    }
}
