package org.emrelay.runner.stream;

/**
 * What became of posts since the creation of the stream.
 *
 * @param read from the source up to its position: the sum of filtered, kept and dead letters
 * @param filtered did not match the filters
 * @param kept in the sink
 * @param deadLetters too large for the sink
 * @param keptBytes of kept posts, line breaks included
 * @param discarded read beyond the position when the sink failed; read again if the source can repeat them, and paid for anyway
 */
public record Counts(long read, long filtered, long kept, long deadLetters, long keptBytes, long discarded) {
    public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0);

    public Counts {
        if (filtered < 0 || kept < 0 || deadLetters < 0 || keptBytes < 0 || discarded < 0) {
            throw new IllegalArgumentException("a count is negative");
        }
        if (read != filtered + kept + deadLetters) {
            throw new IllegalArgumentException(read + " posts read, but " + filtered + " filtered, " + kept
                    + " kept and " + deadLetters + " dead letters");
        }
    }

    /** What the source delivered, and may have charged for. */
    public long delivered() {
        return read + discarded;
    }

    /** Adds what became of a batch. */
    Counts plus(long filteredPosts, long keptPosts, long deadPosts, long bytes) {
        return new Counts(
                read + filteredPosts + keptPosts + deadPosts,
                filtered + filteredPosts,
                kept + keptPosts,
                deadLetters + deadPosts,
                keptBytes + bytes,
                discarded);
    }

    Counts plusDiscarded(long posts) {
        return new Counts(read, filtered, kept, deadLetters, keptBytes, discarded + posts);
    }
}
