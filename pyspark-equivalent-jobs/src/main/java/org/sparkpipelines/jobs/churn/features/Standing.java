package org.sparkpipelines.jobs.churn.features;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a user can be learnt from, and if so whether the user cancels in the window: the label, or why there is none. */
record Standing(@Nullable Double label, @Nullable String reason) {
    static final String NO_REGISTRATION = "no registration to count from";
    static final String CHURNED_BEFORE = "churned before the cutoff";
    static final String NO_EVENT = "no event in the history before the cutoff";
    static final String NOT_REACHED = "cutoff after the end of the log";
    static final String NOT_OBSERVED = "window longer than the log";

    private static final long NEVER = Long.MAX_VALUE;

    /** Decides by moments alone: of what users do, nothing but when they begin and cancel. */
    record Facts(
            @Nullable Long cutoff,
            boolean hasHistory,
            @Nullable Long churn) {
        long churnOrNever() {
            return churn == null ? NEVER : churn;
        }
    }

    /**
     * A user whose window is not over when the log ends is left out even after cancelling in it: were only those kept who
     * cancel, every newcomer would.
     *
     * @param rule the log's end matters only where each user has a cutoff and a window of their own
     */
    static Standing of(Facts facts, Rule rule) {
        Long cutoff = facts.cutoff();
        if (cutoff == null) {
            return leftOut(NO_REGISTRATION);
        }
        if (facts.churnOrNever() < cutoff) {
            return leftOut(CHURNED_BEFORE);
        }
        if (cutoff > rule.logEnd()) {
            return leftOut(NOT_REACHED);
        }
        if (!facts.hasHistory()) {
            return leftOut(NO_EVENT);
        }
        long windowEnd = cutoff + rule.window();
        if (windowEnd > rule.logEnd()) {
            return leftOut(NOT_OBSERVED);
        }
        return new Standing(facts.churnOrNever() < windowEnd ? 1.0 : 0.0, null);
    }

    private static Standing leftOut(String reason) {
        return new Standing(null, Objects.requireNonNull(reason, "reason"));
    }

    /**
     * How long is watched, and how long can be.
     *
     * @param logEnd the moment after which nothing is known; {@link #ENDLESS} where a cutoff for all was checked before
     */
    record Rule(long window, long logEnd) {
        static final long ENDLESS = Long.MAX_VALUE;
    }
}
