package org.emrelay.runner.stream;

/** Why a run of a stream ended. */
public enum StreamEnd {
    /** Another command stopped the stream. */
    STOPPED,
    /** Ctrl-C or SIGTERM. */
    INTERRUPTED,
    /** The source has no more posts. */
    EXHAUSTED,
    POSTS_LIMIT,
    DURATION_LIMIT,
    COST_LIMIT,
    FAILED
}
