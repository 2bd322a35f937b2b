package org.emrelay.runner.stream;

import java.util.Objects;

/**
 * The number of posts since the creation of the stream, by outcome.
 *
 * @param read posts up to the position of the source: the sum of filtered, kept and dead letters
 * @param filtered posts that did not match the filters
 * @param kept posts in the sink
 * @param deadLetters posts that are too large for the sink
 * @param keptBytes the size of the kept posts, line breaks included
 * @param discarded posts beyond the position when the sink failed; they were paid for, and are read again if the source can repeat them
 * @param losses what the source missed or dropped
 */
public record Counts(
        long read, long filtered, long kept, long deadLetters, long keptBytes, long discarded, SourceLosses losses) {
    public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0, SourceLosses.NONE);

    public Counts {
        Objects.requireNonNull(losses, "losses");
        if (filtered < 0 || kept < 0 || deadLetters < 0 || keptBytes < 0 || discarded < 0) {
            throw new IllegalArgumentException("a count is negative");
        }
        if (read != filtered + kept + deadLetters) {
            throw new IllegalArgumentException(read + " posts read, but " + filtered + " filtered, " + kept
                    + " kept and " + deadLetters + " dead letters");
        }
    }

    /** The posts that the source delivered, and may have charged for. */
    public long delivered() {
        return read + discarded;
    }

    /** Adds the outcome of a batch. */
    Counts plus(long filteredPosts, long keptPosts, long deadPosts, long bytes) {
        return new Counts(
                read + filteredPosts + keptPosts + deadPosts,
                filtered + filteredPosts,
                kept + keptPosts,
                deadLetters + deadPosts,
                keptBytes + bytes,
                discarded,
                losses);
    }

    /** The counts since an earlier time. */
    public Counts minus(Counts earlier) {
        return new Counts(
                read - earlier.read,
                filtered - earlier.filtered,
                kept - earlier.kept,
                deadLetters - earlier.deadLetters,
                keptBytes - earlier.keptBytes,
                discarded - earlier.discarded,
                losses.minus(earlier.losses));
    }

    Counts plusDiscarded(long posts) {
        return new Counts(read, filtered, kept, deadLetters, keptBytes, discarded + posts, losses);
    }

    Counts withLosses(SourceLosses newLosses) {
        return new Counts(read, filtered, kept, deadLetters, keptBytes, discarded, newLosses);
    }
}
