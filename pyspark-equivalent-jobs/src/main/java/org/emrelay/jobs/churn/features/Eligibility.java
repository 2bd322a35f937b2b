package org.emrelay.jobs.churn.features;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a user is eligible for training or scoring, and the label.
 *
 * @param label 1 if the user churns in the label window, 0 if not; null for scoring and for excluded users
 * @param reason why the user is excluded; null if eligible
 */
record Eligibility(@Nullable Double label, @Nullable String reason) {
    static final String NO_REGISTRATION = "no registration date";
    static final String REGISTERED_BEFORE = "registered before the log starts";
    static final String CHURNED_BEFORE = "churned before the cutoff";
    static final String CHURNED = "already churned";
    static final String NO_EVENT = "no events in the observation window";
    static final String NOT_REACHED = "cutoff after the end of the log";
    static final String NOT_OBSERVED = "label window ends after the log";
    static final String WINDOW_OVER = "label window already over";

    private static final long NEVER = Long.MAX_VALUE;

    /**
     * The times in the life of a user that decide eligibility.
     *
     * @param registration set only if the cutoff is relative to it
     */
    record Timeline(
            @Nullable Long cutoff,
            @Nullable Long registration,
            boolean hasHistory,
            @Nullable Long churnedAt) {
        long churnOrNever() {
            return churnedAt == null ? NEVER : churnedAt;
        }

        /** Returns whether the log misses the first days of the user. */
        boolean registeredBefore(long logBegin) {
            return registration != null && registration < logBegin;
        }
    }

    static Eligibility of(Timeline timeline, Rule rule) {
        Long cutoff = timeline.cutoff();
        if (cutoff == null) {
            return excluded(NO_REGISTRATION);
        }
        return rule.purpose() == Purpose.TRAINING
                ? forTraining(timeline, cutoff, rule)
                : forScoring(timeline, cutoff, rule);
    }

    /**
     * Excludes users whose label window ends after the log, even if they churn in it.
     *
     * <p>If only the churners among them were kept, every new user would have label 1.
     */
    private static Eligibility forTraining(Timeline timeline, long cutoff, Rule rule) {
        if (timeline.churnOrNever() < cutoff) {
            return excluded(CHURNED_BEFORE);
        }
        if (cutoff > rule.logEnd()) {
            return excluded(NOT_REACHED);
        }
        if (timeline.registeredBefore(rule.logBegin())) {
            return excluded(REGISTERED_BEFORE);
        }
        if (!timeline.hasHistory()) {
            return excluded(NO_EVENT);
        }
        long windowEnd = cutoff + rule.windowMicros();
        if (windowEnd > rule.logEnd()) {
            return excluded(NOT_OBSERVED);
        }
        return new Eligibility(timeline.churnOrNever() < windowEnd ? 1.0 : 0.0, null);
    }

    /** Accepts users whose label window is still open. */
    private static Eligibility forScoring(Timeline timeline, long cutoff, Rule rule) {
        if (timeline.churnedAt() != null) {
            return excluded(CHURNED);
        }
        if (cutoff > rule.logEnd()) {
            return excluded(NOT_REACHED);
        }
        if (cutoff + rule.windowMicros() <= rule.logEnd()) {
            return excluded(WINDOW_OVER);
        }
        if (timeline.registeredBefore(rule.logBegin())) {
            return excluded(REGISTERED_BEFORE);
        }
        return timeline.hasHistory() ? new Eligibility(null, null) : excluded(NO_EVENT);
    }

    private static Eligibility excluded(String reason) {
        return new Eligibility(null, Objects.requireNonNull(reason, "reason"));
    }

    /** The purpose of a row. */
    enum Purpose {
        TRAINING,
        SCORING
    }

    /**
     * The label window and the time range of the log.
     *
     * @param windowMicros the length of the label window
     * @param logBegin the start of the log
     * @param logEnd the end of the log; {@link #ENDLESS} if a common cutoff was validated before
     */
    record Rule(Purpose purpose, long windowMicros, long logBegin, long logEnd) implements Serializable {
        static final long ENDLESS = Long.MAX_VALUE;

        Rule {
            Objects.requireNonNull(purpose, "purpose");
        }
    }
}
