package org.emrelay.jobs.churn.features;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a user can be learnt from, and if so whether the user cancels in the window: the label; or why there is none. */
record Standing(@Nullable Double label, @Nullable String reason) {
    static final String NO_REGISTRATION = "no registration to count from";
    static final String REGISTERED_BEFORE = "registered before the log begins";
    static final String CHURNED_BEFORE = "churned before the cutoff";
    static final String CHURNED = "churned already";
    static final String NO_EVENT = "no event in the history before the cutoff";
    static final String NOT_REACHED = "cutoff after the end of the log";
    static final String NOT_OBSERVED = "window longer than the log";
    static final String WINDOW_OVER = "window is over";

    private static final long NEVER = Long.MAX_VALUE;

    /**
     * Decides by moments alone: of what users do, nothing but when they begin and cancel.
     *
     * @param registration where the cutoff is counted from it, else null
     */
    record Facts(
            @Nullable Long cutoff,
            @Nullable Long registration,
            boolean hasHistory,
            @Nullable Long churn) {
        long churnOrNever() {
            return churn == null ? NEVER : churn;
        }

        /** What such users did first, nobody has seen. */
        boolean beganBefore(long logBegin) {
            return registration != null && registration < logBegin;
        }
    }

    static Standing of(Facts facts, Rule rule) {
        Long cutoff = facts.cutoff();
        if (cutoff == null) {
            return leftOut(NO_REGISTRATION);
        }
        return rule.purpose() == Purpose.LEARNING ? toLearnFrom(facts, cutoff, rule) : toScore(facts, cutoff, rule);
    }

    /**
     * A user whose window is not over when the log ends is left out even after cancelling in it: were only those kept who
     * cancel, every newcomer would.
     */
    private static Standing toLearnFrom(Facts facts, long cutoff, Rule rule) {
        if (facts.churnOrNever() < cutoff) {
            return leftOut(CHURNED_BEFORE);
        }
        if (cutoff > rule.logEnd()) {
            return leftOut(NOT_REACHED);
        }
        if (facts.beganBefore(rule.logBegin())) {
            return leftOut(REGISTERED_BEFORE);
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

    /** Somebody of whom it is still open what happens in the window. */
    private static Standing toScore(Facts facts, long cutoff, Rule rule) {
        if (facts.churn() != null) {
            return leftOut(CHURNED);
        }
        if (cutoff > rule.logEnd()) {
            return leftOut(NOT_REACHED);
        }
        if (cutoff + rule.window() <= rule.logEnd()) {
            return leftOut(WINDOW_OVER);
        }
        if (facts.beganBefore(rule.logBegin())) {
            return leftOut(REGISTERED_BEFORE);
        }
        return facts.hasHistory() ? new Standing(null, null) : leftOut(NO_EVENT);
    }

    private static Standing leftOut(String reason) {
        return new Standing(null, Objects.requireNonNull(reason, "reason"));
    }

    /** What a user's row is for. */
    enum Purpose {
        LEARNING,
        SCORING
    }

    /**
     * How long is watched, and how long can be.
     *
     * @param logBegin the moment before which nothing is known
     * @param logEnd the moment after which nothing is known; {@link #ENDLESS} where a cutoff for all was checked before
     */
    record Rule(Purpose purpose, long window, long logBegin, long logEnd) implements Serializable {
        static final long ENDLESS = Long.MAX_VALUE;

        Rule {
            Objects.requireNonNull(purpose, "purpose");
        }
    }
}
