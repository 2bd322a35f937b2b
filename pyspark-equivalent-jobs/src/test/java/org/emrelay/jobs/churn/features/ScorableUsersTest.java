package org.emrelay.jobs.churn.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.churn.clean.EventLog;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class ScorableUsersTest {
    private static final Cutoff DATE_CUTOFF = new Cutoff.At(Instant.parse("2018-10-21T00:00:00Z"));

    private static final List<TestEvent> LOG = List.of(
            TestEvent.of("leaver", "2018-10-26T06:00:00Z", "Home"),
            TestEvent.of("leaver", "2018-10-27T06:00:00Z", "Cancellation Confirmation"),
            TestEvent.of("silent", "2018-10-10T23:00:00Z", "Home"),
            TestEvent.of("stayer", "2018-10-10T12:00:00Z", "Home"),
            TestEvent.of("stayer", "2018-10-30T23:00:00Z", "Home"));

    @Test
    void includesActiveUsersWhoHaveNotChurned() {
        ScorableUsers users = users(LOG, settings(DATE_CUTOFF));

        assertThat(names(users)).containsExactly("stayer");
        assertThat(users.report())
                .containsEntry("as_of", "2018-10-30T23:00:00.000001Z")
                .containsEntry("window_days", 7)
                .containsEntry("users", 3L);
        assertThat(users.report().get("left_out"))
                .hasToString("{already churned=1, no events in the observation window=1}");
        assertThat(users.notices()).isEqualTo(" Excluded: 1 already churned, 1 no events in the observation window.");
        assertThat(users.features().columns()).startsWith("user_id", "gender").doesNotContain("label");
    }

    @Test
    void usesTheObservationWindowOfTheTrainingData() {
        List<TestEvent> longer = new ArrayList<>(LOG);
        for (int day = 1; day <= 30; day++) {
            String date = LocalDate.of(2018, 10, 30).plusDays(day).toString();
            longer.add(TestEvent.song("stayer", date + "T10:00:00Z", "a" + day, "s" + day, 200));
        }

        List<Row> rows = users(longer, settings(DATE_CUTOFF))
                .features()
                .select("user_id", "days_observed", "distinct_artists", "status_200_count")
                .collectAsList();

        assertThat(rows).extracting(Row::toString).containsExactly("[stayer,20.0,20.0,20.0]");
    }

    @Test
    void warnsIfTheLogIsShorterThanTheObservationWindow() {
        FeatureSettings longer = new FeatureSettings(DATE_CUTOFF, 7, 40, 7, List.of("Home", "NextSong"), List.of(200));

        ScorableUsers users = users(LOG.subList(2, 5), longer);

        assertThat(users.report())
                .containsEntry("history_days", 40)
                .containsEntry("log_days", 20.5)
                .containsEntry("log_shorter_than_history", true);
        assertThat(users.notices())
                .isEqualTo(
                        " The log covers 20.5 days, but the models were trained on 40 days per user: totals are lower"
                                + " here, and probabilities less reliable.");
        assertThat(users(LOG, settings(DATE_CUTOFF)).report()).containsEntry("log_shorter_than_history", false);
    }

    @Test
    void includesUsersWithinTheirLabelWindowForRelativeCutoffs() {
        List<TestEvent> log = new ArrayList<>();
        log.add(TestEvent.of("end", "2018-10-30T00:00:00Z", "Home").with(EventLog.REGISTRATION, null));
        log.add(registered("before the log", "2018-09-25T00:00:00Z"));
        log.add(TestEvent.of("before the log", "2018-10-01T00:00:00Z", "Home"));
        log.add(registered("over", "2018-10-08T00:00:00Z"));
        log.add(registered("in it", "2018-10-08T00:00:00.000002Z"));
        log.add(registered("not yet in it", "2018-10-16T00:00:00Z"));
        log.add(registered("gone", "2018-10-15T00:00:00Z"));
        log.add(TestEvent.of("gone", "2018-10-29T12:00:00Z", "Cancellation Confirmation"));

        ScorableUsers users = users(log, settings(new Cutoff.AfterRegistration(15)));

        assertThat(names(users)).containsExactly("in it");
        assertThat(users.report()).containsEntry("days_after_registration", 15);
        assertThat(users.report().get("left_out"))
                .hasToString("{already churned=1, cutoff after the end of the log=1, label window already over=2,"
                        + " no registration date=1}");
    }

    @Test
    void warnsAboutPagesUnknownToTheModels() {
        List<TestEvent> log = new ArrayList<>(LOG.subList(2, 5));
        log.add(TestEvent.of("silent", "2018-10-30T12:00:00Z", "Karaoke"));

        ScorableUsers users = users(log, settings(DATE_CUTOFF));

        assertThat(names(users)).containsExactly("silent", "stayer");
        assertThat(users.report().get("unknown_pages")).hasToString("{Karaoke=1}");
        assertThat(users.notices()).isEqualTo(" Pages unknown to the models, counted only as activity: 1 Karaoke.");
    }

    @Test
    void rejectsALogWithoutUsersToScore() {
        assertThatThrownBy(() -> users(LOG.subList(0, 2), settings(DATE_CUTOFF)))
                .isInstanceOf(UserFault.class)
                .hasMessage("--events: none of the 1 users of new can be scored. Excluded: 1 already churned.");
        assertThatThrownBy(() -> users(List.of(), settings(DATE_CUTOFF)))
                .isInstanceOf(UserFault.class)
                .hasMessage("--events: new contains no events.");
    }

    /** A user with one event on the day of the registration. */
    private static TestEvent registered(String user, String registration) {
        Instant day = Instant.parse(registration).plusSeconds(3_600);
        return TestEvent.of(user, day.toString(), "Home")
                .with(EventLog.REGISTRATION, TestEvent.timestamp(registration));
    }

    private static FeatureSettings settings(Cutoff cutoff) {
        return new FeatureSettings(cutoff, 7, 20, 7, List.of("Home", "NextSong"), List.of(200));
    }

    private static ScorableUsers users(List<TestEvent> log, FeatureSettings settings) {
        return ScorableUsers.of("--events", new InputTable(TestEvent.table(log), "new"), settings);
    }

    private static List<String> names(ScorableUsers users) {
        return users.features().select(UserFeatures.USER).orderBy(UserFeatures.USER).collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
