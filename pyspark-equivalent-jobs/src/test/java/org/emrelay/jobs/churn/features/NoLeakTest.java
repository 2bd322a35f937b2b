package org.emrelay.jobs.churn.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.churn.clean.EventLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalSpark.class)
class NoLeakTest {
    private static final int USERS = 60;
    private static final Instant CUTOFF = Instant.parse("2018-10-20T00:00:00Z");
    private static final int DAYS_AFTER_REGISTRATION = 12;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void nothingAtOrAfterADateChangesAFeature(long seed) {
        List<PlantedEvent> log = RandomEvents.of(seed, USERS);
        FeatureSettings settings = settings(new Cutoff.At(CUTOFF), log);

        Map<String, Row> whole = features(log, settings);
        List<PlantedEvent> past =
                log.stream().filter(event -> event.time().isBefore(CUTOFF)).toList();

        assertThat(whole).hasSizeGreaterThan(USERS / 2).isEqualTo(features(past, settings));
        assertThat(labels(log, settings)).contains(0.0, 1.0);
        assertThat(settings(new Cutoff.At(CUTOFF), past)).isEqualTo(settings);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void nothingAtOrAfterSoManyDaysFromRegistrationChangesAFeature(long seed) {
        List<PlantedEvent> log = RandomEvents.of(seed, USERS);
        FeatureSettings settings = settings(new Cutoff.AfterRegistration(DAYS_AFTER_REGISTRATION), log);
        Map<String, Instant> cutoffs = log.stream()
                .filter(event -> event.values().get(EventLog.REGISTRATION) != null)
                .collect(Collectors.toMap(
                        PlantedEvent::user,
                        event -> ((java.sql.Timestamp) event.values().get(EventLog.REGISTRATION))
                                .toInstant()
                                .plus(Duration.ofDays(DAYS_AFTER_REGISTRATION)),
                        (one, other) -> one));
        // Beginning and end of the log tell who has been observed; events of somebody without features keep them.
        List<PlantedEvent> ends = Stream.of(
                        RandomEvents.FIRST.minus(Duration.ofDays(25)), RandomEvents.FIRST.plus(Duration.ofDays(90)))
                .map(time -> PlantedEvent.of("ends", time.toString(), "Home").with(EventLog.REGISTRATION, null))
                .toList();
        List<PlantedEvent> past = log.stream()
                .filter(event ->
                        cutoffs.containsKey(event.user()) && event.time().isBefore(cutoffs.get(event.user())))
                // What is left must know the registration, as in a log that was never cut.
                .map(event -> event.with(
                        EventLog.REGISTRATION,
                        java.sql.Timestamp.from(
                                cutoffs.get(event.user()).minus(Duration.ofDays(DAYS_AFTER_REGISTRATION)))))
                .toList();

        Map<String, Row> whole = features(plus(log, ends), settings);

        assertThat(whole).hasSizeGreaterThan(USERS / 4).isEqualTo(features(plus(past, ends), settings));
        assertThat(labels(plus(log, ends), settings)).contains(0.0, 1.0);
    }

    @Test
    void stepsOfCancellingChangeNoFeature() {
        List<PlantedEvent> log = List.of(
                PlantedEvent.song("u", "2018-10-10T10:00:00Z", "a", "s", 200),
                PlantedEvent.of("u", "2018-10-11T10:00:00Z", "Home"));
        FeatureSettings settings = settings(new Cutoff.At(CUTOFF), log);
        List<PlantedEvent> cancelling = plus(
                plus(log, PlantedEvent.of("u", "2018-10-12T10:00:00Z", "Cancel").with(EventLog.LEVEL, "free")),
                PlantedEvent.of("u", "2018-10-13T10:00:00Z", "Home").with(EventLog.AUTH, "Cancelled"));

        assertThat(features(cancelling, settings)).isEqualTo(features(log, settings));
        assertThat(settings(new Cutoff.At(CUTOFF), cancelling).pages()).containsExactly("Home", "NextSong");
        assertThat(DescribedUsers.labelled(PlantedEvent.table(cancelling), settings)
                        .columns())
                .noneMatch(name -> name.contains("cancel"));
    }

    @Test
    void anUnknownPageCountsOnlyForBeingThereAndOneThatIsAbsentIsZero() {
        List<PlantedEvent> log = List.of(PlantedEvent.of("u", "2018-10-11T10:00:00Z", "Home"));
        FeatureSettings settings =
                new FeatureSettings(new Cutoff.At(CUTOFF), 7, 15, 7, List.of("Home", "Help"), List.of(200));
        List<PlantedEvent> withNew = plus(
                log, PlantedEvent.of("u", "2018-10-13T00:00:00Z", "Karaoke").session(2));

        Row without = features(log, settings).get("u");
        Row with = features(withNew, settings).get("u");

        assertThat(LogCensus.of(PlantedEvent.table(withNew)).unseenPages(settings))
                .containsExactly(Map.entry("Karaoke", 1L));
        assertThat(with.schema()).isEqualTo(without.schema());
        assertThat(with.<Double>getAs("page_home_rate"))
                .isEqualTo(without.<Double>getAs("page_home_rate"))
                .isPositive();
        assertThat(with.<Double>getAs("page_help_rate")).isZero();
        assertThat(with.<Double>getAs("days_since_last_event")).isEqualTo(7.0);
        assertThat(with.<Double>getAs("events_per_day")).isEqualTo(2 * without.<Double>getAs("events_per_day"));
        assertThat(with.<Double>getAs("sessions_per_day")).isEqualTo(2 * without.<Double>getAs("sessions_per_day"));
        assertThat(with.<Double>getAs("active_days_share")).isEqualTo(2 * without.<Double>getAs("active_days_share"));
    }

    @Test
    void theOrderAndThePartitionsOfALogDoNotMatter() {
        List<PlantedEvent> log = RandomEvents.of(7, 20);
        FeatureSettings settings = settings(new Cutoff.At(CUTOFF), log);
        Dataset<Row> shuffled = PlantedEvent.table(log.stream()
                        .sorted((one, other) -> Integer.compare(one.hashCode(), other.hashCode()))
                        .toList())
                .repartition(7);

        assertThat(byUser(DescribedUsers.labelled(shuffled, settings)))
                .isEqualTo(byUser(DescribedUsers.labelled(PlantedEvent.table(log), settings)));
    }

    private static FeatureSettings settings(Cutoff cutoff, List<PlantedEvent> log) {
        LogCensus census = LogCensus.of(PlantedEvent.table(log));
        return new FeatureSettings(cutoff, 7, 15, 5, census.pages(cutoff), census.statuses(cutoff));
    }

    private static Map<String, Row> features(List<PlantedEvent> log, FeatureSettings settings) {
        return byUser(DescribedUsers.unlabelled(PlantedEvent.table(log), settings));
    }

    private static List<Double> labels(List<PlantedEvent> log, FeatureSettings settings) {
        return DescribedUsers.labelled(PlantedEvent.table(log), settings)
                .select(UserFeatures.LABEL)
                .collectAsList()
                .stream()
                .map(row -> row.getDouble(0))
                .toList();
    }

    private static Map<String, Row> byUser(Dataset<Row> features) {
        Map<String, Row> rows = new TreeMap<>();
        features.collectAsList().forEach(row -> rows.put(row.getString(0), row));
        return rows;
    }

    private static List<PlantedEvent> plus(List<PlantedEvent> log, PlantedEvent event) {
        return plus(log, List.of(event));
    }

    private static List<PlantedEvent> plus(List<PlantedEvent> log, List<PlantedEvent> events) {
        List<PlantedEvent> longer = new ArrayList<>(log);
        longer.addAll(events);
        return longer;
    }
}
