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
class LeakageTest {
    private static final int USERS = 60;
    private static final Instant CUTOFF = Instant.parse("2018-10-20T00:00:00Z");
    private static final int DAYS_AFTER_REGISTRATION = 12;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void eventsFromTheCutoffDateOnDoNotChangeFeatures(long seed) {
        List<TestEvent> log = RandomEvents.of(seed, USERS);
        FeatureSettings settings = settings(new Cutoff.At(CUTOFF), log);

        Map<String, Row> whole = features(log, settings);
        List<TestEvent> past =
                log.stream().filter(event -> event.time().isBefore(CUTOFF)).toList();

        assertThat(whole).hasSizeGreaterThan(USERS / 2).isEqualTo(features(past, settings));
        assertThat(labels(log, settings)).contains(0.0, 1.0);
        assertThat(settings(new Cutoff.At(CUTOFF), past)).isEqualTo(settings);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void eventsFromARelativeCutoffOnDoNotChangeFeatures(long seed) {
        List<TestEvent> log = RandomEvents.of(seed, USERS);
        FeatureSettings settings = settings(new Cutoff.AfterRegistration(DAYS_AFTER_REGISTRATION), log);
        Map<String, Instant> cutoffs = log.stream()
                .filter(event -> event.values().get(EventLog.REGISTRATION) != null)
                .collect(Collectors.toMap(
                        TestEvent::user,
                        event -> ((java.sql.Timestamp) event.values().get(EventLog.REGISTRATION))
                                .toInstant()
                                .plus(Duration.ofDays(DAYS_AFTER_REGISTRATION)),
                        (one, other) -> one));
        // The start and end of the log decide who is eligible; events of an ineligible user preserve them.
        List<TestEvent> boundaries = Stream.of(
                        RandomEvents.FIRST.minus(Duration.ofDays(25)), RandomEvents.FIRST.plus(Duration.ofDays(90)))
                .map(time -> TestEvent.of("ends", time.toString(), "Home").with(EventLog.REGISTRATION, null))
                .toList();
        List<TestEvent> past = log.stream()
                .filter(event ->
                        cutoffs.containsKey(event.user()) && event.time().isBefore(cutoffs.get(event.user())))
                // The remaining events need the registration, which the removed ones may have had.
                .map(event -> event.with(
                        EventLog.REGISTRATION,
                        java.sql.Timestamp.from(
                                cutoffs.get(event.user()).minus(Duration.ofDays(DAYS_AFTER_REGISTRATION)))))
                .toList();

        Map<String, Row> whole = features(plus(log, boundaries), settings);

        assertThat(whole).hasSizeGreaterThan(USERS / 4).isEqualTo(features(plus(past, boundaries), settings));
        assertThat(labels(plus(log, boundaries), settings)).contains(0.0, 1.0);
    }

    @Test
    void cancellationEventsDoNotChangeFeatures() {
        List<TestEvent> log = List.of(
                TestEvent.song("u", "2018-10-10T10:00:00Z", "a", "s", 200),
                TestEvent.of("u", "2018-10-11T10:00:00Z", "Home"));
        FeatureSettings settings = settings(new Cutoff.At(CUTOFF), log);
        List<TestEvent> cancelling = plus(
                plus(log, TestEvent.of("u", "2018-10-12T10:00:00Z", "Cancel").with(EventLog.LEVEL, "free")),
                TestEvent.of("u", "2018-10-13T10:00:00Z", "Home").with(EventLog.AUTH, "Cancelled"));

        assertThat(features(cancelling, settings)).isEqualTo(features(log, settings));
        assertThat(settings(new Cutoff.At(CUTOFF), cancelling).pages()).containsExactly("Home", "NextSong");
        assertThat(FeatureRows.labelled(TestEvent.table(cancelling), settings).columns())
                .noneMatch(name -> name.contains("cancel"));
    }

    @Test
    void unknownPagesCountAsActivityAndAbsentPagesAreZero() {
        List<TestEvent> log = List.of(TestEvent.of("u", "2018-10-11T10:00:00Z", "Home"));
        FeatureSettings settings =
                new FeatureSettings(new Cutoff.At(CUTOFF), 7, 15, 7, List.of("Home", "Help"), List.of(200));
        List<TestEvent> withNew =
                plus(log, TestEvent.of("u", "2018-10-13T00:00:00Z", "Karaoke").session(2));

        Row without = features(log, settings).get("u");
        Row with = features(withNew, settings).get("u");

        assertThat(LogSummary.of(TestEvent.table(withNew)).unknownPages(settings))
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
    void featuresDoNotDependOnOrderAndPartitions() {
        List<TestEvent> log = RandomEvents.of(7, 20);
        FeatureSettings settings = settings(new Cutoff.At(CUTOFF), log);
        Dataset<Row> shuffled = TestEvent.table(log.stream()
                        .sorted((one, other) -> Integer.compare(one.hashCode(), other.hashCode()))
                        .toList())
                .repartition(7);

        assertThat(byUser(FeatureRows.labelled(shuffled, settings)))
                .isEqualTo(byUser(FeatureRows.labelled(TestEvent.table(log), settings)));
    }

    private static FeatureSettings settings(Cutoff cutoff, List<TestEvent> log) {
        LogSummary summary = LogSummary.of(TestEvent.table(log));
        return new FeatureSettings(cutoff, 7, 15, 5, summary.pages(cutoff), summary.statuses(cutoff));
    }

    private static Map<String, Row> features(List<TestEvent> log, FeatureSettings settings) {
        return byUser(FeatureRows.unlabelled(TestEvent.table(log), settings));
    }

    private static List<Double> labels(List<TestEvent> log, FeatureSettings settings) {
        return FeatureRows.labelled(TestEvent.table(log), settings).select(UserFeatures.LABEL).collectAsList().stream()
                .map(row -> row.getDouble(0))
                .toList();
    }

    private static Map<String, Row> byUser(Dataset<Row> features) {
        Map<String, Row> rows = new TreeMap<>();
        features.collectAsList().forEach(row -> rows.put(row.getString(0), row));
        return rows;
    }

    private static List<TestEvent> plus(List<TestEvent> log, TestEvent event) {
        return plus(log, List.of(event));
    }

    private static List<TestEvent> plus(List<TestEvent> log, List<TestEvent> events) {
        List<TestEvent> extended = new ArrayList<>(log);
        extended.addAll(events);
        return extended;
    }
}
