package org.emrelay.runner.stream;

/** Why a stream ended without a failure. */
public enum StreamEnd {
    /** The user stopped the stream. */
    STOPPED,
    /** The source has no more posts. */
    EXHAUSTED,
    POSTS_LIMIT,
    DURATION_LIMIT,
    COST_LIMIT
}
