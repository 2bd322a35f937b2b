package org.emrelay.jobs.churn.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.emrelay.jobs.churn.features.Eligibility.Purpose;
import org.emrelay.jobs.churn.features.Eligibility.Rule;
import org.emrelay.jobs.churn.features.Eligibility.Timeline;
import org.junit.jupiter.api.Test;

class EligibilityTest {
    private static final long CUTOFF = 100;
    private static final Rule RULE = new Rule(Purpose.TRAINING, 20, 50, 500);

    @Test
    void churningInTheLabelWindowGivesLabelOne() {
        assertThat(label(CUTOFF)).isEqualTo(1);
        assertThat(label(CUTOFF + 19)).isEqualTo(1);
    }

    @Test
    void churningLaterOrNeverGivesLabelZero() {
        assertThat(label(CUTOFF + 20)).isEqualTo(0);
        assertThat(label(null)).isEqualTo(0);
    }

    @Test
    void excludesUsersWhoChurnedBeforeTheCutoff() {
        assertThat(Eligibility.of(new Timeline(CUTOFF, null, true, CUTOFF - 1), RULE))
                .isEqualTo(new Eligibility(null, "churned before the cutoff"));
    }

    @Test
    void excludesUsersWithoutEventsBeforeTheCutoff() {
        assertThat(Eligibility.of(new Timeline(CUTOFF, null, false, CUTOFF + 1), RULE))
                .isEqualTo(new Eligibility(null, "no events in the observation window"));
    }

    @Test
    void excludesUsersWithoutARegistrationForRelativeCutoffs() {
        assertThat(Eligibility.of(new Timeline(null, null, false, null), RULE))
                .isEqualTo(new Eligibility(null, "no registration date"));
    }

    @Test
    void excludesUsersWhoseLabelWindowEndsAfterTheLogEvenIfTheyChurn() {
        Rule endOfLog = new Rule(Purpose.TRAINING, 20, 50, CUTOFF + 19);

        assertThat(Eligibility.of(new Timeline(CUTOFF, null, true, null), endOfLog))
                .isEqualTo(Eligibility.of(new Timeline(CUTOFF, null, true, CUTOFF + 1), endOfLog))
                .isEqualTo(new Eligibility(null, "label window ends after the log"));
        assertThat(Eligibility.of(
                        new Timeline(CUTOFF, null, true, null), new Rule(Purpose.TRAINING, 20, 50, CUTOFF + 20)))
                .isEqualTo(new Eligibility(0.0, null));
    }

    @Test
    void excludesUsersWithACutoffAfterTheLog() {
        assertThat(Eligibility.of(
                        new Timeline(CUTOFF, null, true, null), new Rule(Purpose.TRAINING, 0, 50, CUTOFF - 1)))
                .isEqualTo(new Eligibility(null, "cutoff after the end of the log"));
    }

    @Test
    void excludesUsersRegisteredBeforeTheLogForRelativeCutoffs() {
        assertThat(Eligibility.of(new Timeline(CUTOFF, 49L, true, null), RULE))
                .isEqualTo(Eligibility.of(new Timeline(CUTOFF, 49L, true, null), scoring(CUTOFF + 19)))
                .isEqualTo(new Eligibility(null, "registered before the log starts"));
        assertThat(Eligibility.of(new Timeline(CUTOFF, 50L, true, null), RULE)).isEqualTo(new Eligibility(0.0, null));
        assertThat(Eligibility.of(new Timeline(CUTOFF, 50L, true, null), scoring(CUTOFF + 19)))
                .isEqualTo(new Eligibility(null, null));
    }

    @Test
    void doesNotScoreChurnedUsers() {
        for (long churn : new long[] {CUTOFF - 1, CUTOFF, CUTOFF + 19}) {
            assertThat(Eligibility.of(new Timeline(CUTOFF, null, true, churn), scoring(CUTOFF + 19)))
                    .isEqualTo(new Eligibility(null, "already churned"));
        }
    }

    @Test
    void scoresOnlyUsersWithAnOpenLabelWindow() {
        assertThat(Eligibility.of(new Timeline(CUTOFF, null, true, null), scoring(CUTOFF + 20)))
                .isEqualTo(new Eligibility(null, "label window already over"));
        assertThat(Eligibility.of(new Timeline(CUTOFF, null, true, null), scoring(CUTOFF - 1)))
                .isEqualTo(new Eligibility(null, "cutoff after the end of the log"));
        assertThat(Eligibility.of(new Timeline(CUTOFF, null, true, null), scoring(CUTOFF)))
                .isEqualTo(new Eligibility(null, null));
    }

    @Test
    void doesNotScoreInactiveUsers() {
        assertThat(Eligibility.of(new Timeline(CUTOFF, null, false, null), scoring(CUTOFF)))
                .isEqualTo(new Eligibility(null, "no events in the observation window"));
    }

    private static Rule scoring(long logEnd) {
        return new Rule(Purpose.SCORING, 20, 50, logEnd);
    }

    private static Double label(Long churn) {
        return Eligibility.of(new Timeline(CUTOFF, null, true, churn), RULE).label();
    }
}
