package org.sparkpipelines.jobs.churn.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sparkpipelines.jobs.churn.features.Standing.Facts;
import org.sparkpipelines.jobs.churn.features.Standing.Rule;

class StandingTest {
    private static final long CUTOFF = 100;
    private static final Rule RULE = new Rule(20, 500);

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
        assertThat(Standing.of(new Facts(CUTOFF, true, CUTOFF - 1), RULE))
                .isEqualTo(new Standing(null, "churned before the cutoff"));
    }

    @Test
    void whoDidNothingBeforeTheCutoffIsLeftOut() {
        assertThat(Standing.of(new Facts(CUTOFF, false, CUTOFF + 1), RULE))
                .isEqualTo(new Standing(null, "no event in the history before the cutoff"));
    }

    @Test
    void withoutARegistrationNothingIsCountedFromIt() {
        assertThat(Standing.of(new Facts(null, false, null), RULE))
                .isEqualTo(new Standing(null, "no registration to count from"));
    }

    @Test
    void whoIsNotWatchedForTheWholeWindowIsLeftOutWhetherCancellingOrNot() {
        Rule ended = new Rule(20, CUTOFF + 19);

        assertThat(Standing.of(new Facts(CUTOFF, true, null), ended))
                .isEqualTo(Standing.of(new Facts(CUTOFF, true, CUTOFF + 1), ended))
                .isEqualTo(new Standing(null, "window longer than the log"));
        assertThat(Standing.of(new Facts(CUTOFF, true, null), new Rule(20, CUTOFF + 20)))
                .isEqualTo(new Standing(0.0, null));
    }

    @Test
    void whoseCutoffIsStillToComeIsLeftOut() {
        assertThat(Standing.of(new Facts(CUTOFF, true, null), new Rule(0, CUTOFF - 1)))
                .isEqualTo(new Standing(null, "cutoff after the end of the log"));
    }

    private static Double label(Long churn) {
        return Standing.of(new Facts(CUTOFF, true, churn), RULE).label();
    }
}
