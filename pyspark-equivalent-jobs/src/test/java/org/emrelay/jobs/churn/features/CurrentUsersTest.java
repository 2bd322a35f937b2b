package org.emrelay.jobs.churn.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.InputTable;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.churn.clean.EventLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class CurrentUsersTest {
    private static final Cutoff DATE = new Cutoff.At(Instant.parse("2018-10-21T00:00:00Z"));

    private static final List<PlantedEvent> LOG = List.of(
            PlantedEvent.of("leaver", "2018-10-26T06:00:00Z", "Home"),
            PlantedEvent.of("leaver", "2018-10-27T06:00:00Z", "Cancellation Confirmation"),
            PlantedEvent.of("silent", "2018-10-10T23:00:00Z", "Home"),
            PlantedEvent.of("stayer", "2018-10-10T12:00:00Z", "Home"),
            PlantedEvent.of("stayer", "2018-10-30T23:00:00Z", "Home"));

    @Test
    void areThoseAtTheEndOfALogWhoHaveNotCancelledAndDidSomethingOfLate() {
        CurrentUsers users = users(LOG, settings(DATE));

        assertThat(names(users)).containsExactly("stayer");
        assertThat(users.report())
                .containsEntry("as_of", "2018-10-30T23:00:00.000001Z")
                .containsEntry("window_days", 7)
                .containsEntry("users", 3L);
        assertThat(users.report().get("left_out"))
                .hasToString("{churned already=1, no event in the history before the cutoff=1}");
        assertThat(users.sentences())
                .isEqualTo(" Left out: 1 churned already, 1 no event in the history before the cutoff.");
        assertThat(users.features().columns()).startsWith("user_id", "gender").doesNotContain("label");
    }

    @Test
    void areLookedAtAsFarBackAsThoseLearntFrom() {
        List<PlantedEvent> longer = new ArrayList<>(LOG);
        for (int day = 1; day <= 30; day++) {
            String date = LocalDate.of(2018, 10, 30).plusDays(day).toString();
            longer.add(PlantedEvent.song("stayer", date + "T10:00:00Z", "a" + day, "s" + day, 200));
        }

        List<Row> rows = users(longer, settings(DATE))
                .features()
                .select("user_id", "days_observed", "distinct_artists", "status_200_count")
                .collectAsList();

        assertThat(rows).extracting(Row::toString).containsExactly("[stayer,20.0,20.0,20.0]");
    }

    @Test
    void areSaidToBeKnownForAShorterTimeThanThoseLearntFromWhereTheLogIsShort() {
        FeatureSettings longer = new FeatureSettings(DATE, 7, 40, 7, List.of("Home", "NextSong"), List.of(200));

        CurrentUsers users = users(LOG.subList(2, 5), longer);

        assertThat(users.report())
                .containsEntry("history_days", 40)
                .containsEntry("log_days", 20.5)
                .containsEntry("log_shorter_than_history", true);
        assertThat(users.sentences())
                .isEqualTo(" The log lasts 20.5 days, and the models have learnt from 40 days of each user: what is"
                        + " counted over all of them is lower here, and chances are less sure.");
        assertThat(users(LOG, settings(DATE)).report()).containsEntry("log_shorter_than_history", false);
    }

    @Test
    void areWithDaysFromTheRegistrationThoseInTheirWindow() {
        List<PlantedEvent> log = new ArrayList<>();
        log.add(PlantedEvent.of("end", "2018-10-30T00:00:00Z", "Home").with(EventLog.REGISTRATION, null));
        log.add(registered("before the log", "2018-09-25T00:00:00Z"));
        log.add(PlantedEvent.of("before the log", "2018-10-01T00:00:00Z", "Home"));
        log.add(registered("over", "2018-10-08T00:00:00Z"));
        log.add(registered("in it", "2018-10-08T00:00:00.000002Z"));
        log.add(registered("not yet in it", "2018-10-16T00:00:00Z"));
        log.add(registered("gone", "2018-10-15T00:00:00Z"));
        log.add(PlantedEvent.of("gone", "2018-10-29T12:00:00Z", "Cancellation Confirmation"));

        CurrentUsers users = users(log, settings(new Cutoff.AfterRegistration(15)));

        assertThat(names(users)).containsExactly("in it");
        assertThat(users.report()).containsEntry("days_after_registration", 15);
        assertThat(users.report().get("left_out"))
                .hasToString("{churned already=1, cutoff after the end of the log=1, no registration to count from=1,"
                        + " window is over=2}");
    }

    @Test
    void areSaidToHaveBeenOnPagesThatTheModelsDoNotKnow() {
        List<PlantedEvent> log = new ArrayList<>(LOG.subList(2, 5));
        log.add(PlantedEvent.of("silent", "2018-10-30T12:00:00Z", "Karaoke"));

        CurrentUsers users = users(log, settings(DATE));

        assertThat(names(users)).containsExactly("silent", "stayer");
        assertThat(users.report().get("unknown_pages")).hasToString("{Karaoke=1}");
        assertThat(users.sentences())
                .isEqualTo(" On pages that the models do not know, where it counts only that somebody was there:"
                        + " 1 Karaoke.");
    }

    @Test
    void refusesALogOfWhoseUsersNothingIsOpen() {
        assertThatThrownBy(() -> users(LOG.subList(0, 2), settings(DATE)))
                .isInstanceOf(UserFault.class)
                .hasMessage("--events: none of the 1 users of new can be scored. Left out: 1 churned already.");
        assertThatThrownBy(() -> users(List.of(), settings(DATE)))
                .isInstanceOf(UserFault.class)
                .hasMessage("--events: new holds no event.");
    }

    /** Somebody who does something on the day of the registration. */
    private static PlantedEvent registered(String user, String registration) {
        Instant day = Instant.parse(registration).plusSeconds(3_600);
        return PlantedEvent.of(user, day.toString(), "Home")
                .with(EventLog.REGISTRATION, PlantedEvent.timestamp(registration));
    }

    private static FeatureSettings settings(Cutoff cutoff) {
        return new FeatureSettings(cutoff, 7, 20, 7, List.of("Home", "NextSong"), List.of(200));
    }

    private static CurrentUsers users(List<PlantedEvent> log, FeatureSettings settings) {
        return CurrentUsers.of("--events", new InputTable(PlantedEvent.table(log), "new"), settings);
    }

    private static List<String> names(CurrentUsers users) {
        return users.features().select(UserFeatures.USER).orderBy(UserFeatures.USER).collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
