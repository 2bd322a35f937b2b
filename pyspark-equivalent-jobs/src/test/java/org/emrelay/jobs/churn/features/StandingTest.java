package org.emrelay.jobs.churn.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.emrelay.jobs.churn.features.Standing.Facts;
import org.emrelay.jobs.churn.features.Standing.Purpose;
import org.emrelay.jobs.churn.features.Standing.Rule;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final long CUTOFF = 100;
    private static final Rule RULE = new Rule(Purpose.LEARNING, 20, 50, 500);

    @Test
    void whoCancelsInTheWindowIsAChurner() {
        assertThat(label(CUTOFF)).isEqualTo(1);
        assertThat(label(CUTOFF + 19)).isEqualTo(1);
    }

    @Test
    void whoCancelsAfterTheWindowOrNeverIsNone() {
        assertThat(label(CUTOFF + 20)).isEqualTo(0);
        assertThat(label(null)).isEqualTo(0);
    }

    @Test
    void whoHasCancelledBeforeTheCutoffIsLeftOut() {
        assertThat(Standing.of(new Facts(CUTOFF, null, true, CUTOFF - 1), RULE))
                .isEqualTo(new Standing(null, "churned before the cutoff"));
    }

    @Test
    void whoDidNothingBeforeTheCutoffIsLeftOut() {
        assertThat(Standing.of(new Facts(CUTOFF, null, false, CUTOFF + 1), RULE))
                .isEqualTo(new Standing(null, "no event in the history before the cutoff"));
    }

    @Test
    void withoutARegistrationNothingIsCountedFromIt() {
        assertThat(Standing.of(new Facts(null, null, false, null), RULE))
                .isEqualTo(new Standing(null, "no registration to count from"));
    }

    @Test
    void whoIsNotWatchedForTheWholeWindowIsLeftOutWhetherCancellingOrNot() {
        Rule ended = new Rule(Purpose.LEARNING, 20, 50, CUTOFF + 19);

        assertThat(Standing.of(new Facts(CUTOFF, null, true, null), ended))
                .isEqualTo(Standing.of(new Facts(CUTOFF, null, true, CUTOFF + 1), ended))
                .isEqualTo(new Standing(null, "window longer than the log"));
        assertThat(Standing.of(new Facts(CUTOFF, null, true, null), new Rule(Purpose.LEARNING, 20, 50, CUTOFF + 20)))
                .isEqualTo(new Standing(0.0, null));
    }

    @Test
    void whoseCutoffIsStillToComeIsLeftOut() {
        assertThat(Standing.of(new Facts(CUTOFF, null, true, null), new Rule(Purpose.LEARNING, 0, 50, CUTOFF - 1)))
                .isEqualTo(new Standing(null, "cutoff after the end of the log"));
    }

    @Test
    void whoRegisteredBeforeTheLogBeginsIsLeftOutWhereDaysAreCountedFromThat() {
        assertThat(Standing.of(new Facts(CUTOFF, 49L, true, null), RULE))
                .isEqualTo(Standing.of(new Facts(CUTOFF, 49L, true, null), scoring(CUTOFF + 19)))
                .isEqualTo(new Standing(null, "registered before the log begins"));
        assertThat(Standing.of(new Facts(CUTOFF, 50L, true, null), RULE)).isEqualTo(new Standing(0.0, null));
        assertThat(Standing.of(new Facts(CUTOFF, 50L, true, null), scoring(CUTOFF + 19)))
                .isEqualTo(new Standing(null, null));
    }

    @Test
    void whoHasEverCancelledIsNotScored() {
        for (long churn : new long[] {CUTOFF - 1, CUTOFF, CUTOFF + 19}) {
            assertThat(Standing.of(new Facts(CUTOFF, null, true, churn), scoring(CUTOFF + 19)))
                    .isEqualTo(new Standing(null, "churned already"));
        }
    }

    @Test
    void whoseWindowIsOverOrHasNotBegunIsNotScored() {
        assertThat(Standing.of(new Facts(CUTOFF, null, true, null), scoring(CUTOFF + 20)))
                .isEqualTo(new Standing(null, "window is over"));
        assertThat(Standing.of(new Facts(CUTOFF, null, true, null), scoring(CUTOFF - 1)))
                .isEqualTo(new Standing(null, "cutoff after the end of the log"));
        assertThat(Standing.of(new Facts(CUTOFF, null, true, null), scoring(CUTOFF)))
                .isEqualTo(new Standing(null, null));
    }

    @Test
    void whoDidNothingOfLateIsNotScored() {
        assertThat(Standing.of(new Facts(CUTOFF, null, false, null), scoring(CUTOFF)))
                .isEqualTo(new Standing(null, "no event in the history before the cutoff"));
    }

    private static Rule scoring(long logEnd) {
        return new Rule(Purpose.SCORING, 20, 50, logEnd);
    }

    private static Double label(Long churn) {
        return Standing.of(new Facts(CUTOFF, null, true, churn), RULE).label();
    }
}
