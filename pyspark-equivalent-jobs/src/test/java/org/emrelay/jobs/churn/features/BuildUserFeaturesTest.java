package org.emrelay.jobs.churn.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.churn.clean.EventLog;
import org.emrelay.jobs.classification.exploration.CohortProfile;
import org.emrelay.jobs.classification.exploration.Exploration;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class BuildUserFeaturesTest {
    private static final List<TestEvent> LOG = List.of(
            // Churns in the first instant of the label window.
            TestEvent.of("leaver", "2018-10-05T06:00:00Z", "Home").session(10),
            TestEvent.of("leaver", "2018-10-06T06:00:00Z", "NextSong").session(11),
            TestEvent.of("leaver", "2018-10-21T00:00:00Z", "Cancel").session(12),
            TestEvent.of("leaver", "2018-10-21T00:00:00Z", "Cancellation Confirmation")
                    .session(12),
            // Stays, and visits a page that is new.
            TestEvent.of("stayer", "2018-10-01T23:00:00Z", "Home").session(20),
            TestEvent.of("stayer", "2018-10-20T23:59:59Z", "NextSong").session(21),
            TestEvent.of("stayer", "2018-10-21T00:00:00Z", "Karaoke").session(22),
            TestEvent.of("stayer", "2018-10-30T23:00:00Z", "Home").session(23),
            // Churns too late for the label window of one test.
            TestEvent.of("late", "2018-10-10T12:00:00Z", "Home").session(30),
            TestEvent.of("late", "2018-10-28T00:00:00Z", "Cancellation Confirmation")
                    .session(31),
            TestEvent.of("gone", "2018-10-02T12:00:00Z", "Home").session(40),
            TestEvent.of("gone", "2018-10-20T23:59:59Z", "Cancellation Confirmation")
                    .session(40),
            TestEvent.of("new", "2018-10-21T00:00:00Z", "Home")
                    .session(50)
                    .with(EventLog.REGISTRATION, TestEvent.timestamp("2018-10-21T00:00:00Z")),
            TestEvent.of("nobody", "2018-10-03T12:00:00Z", "Home").session(60).with(EventLog.REGISTRATION, null));

    @TempDir
    private static Path directory;

    private static String printed = "";

    @BeforeAll
    static void build() {
        TestEvent.table(LOG)
                .write()
                .partitionBy(EventLog.DATE)
                .parquet(directory.resolve("events").toString());
        printed = run("default");
    }

    @Test
    void summarizesTheUsersInOneSentence() {
        assertThat(printed)
                .isEqualTo("Built features for 4 of 6 users as of 2018-10-21 (the last third of the log is the label"
                        + " window); 2 of them churn within the next 10 days. Excluded: 1 churned before the cutoff,"
                        + " 1 no events in the observation window. Pages without a feature, first seen after the"
                        + " cutoff: 1 Karaoke.\n");
    }

    @Test
    void writesOneRowPerUserWithALabel() {
        assertThat(users("default").select("user_id", "label", "days_observed").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[late,1.0,20.0]", "[leaver,1.0,20.0]", "[nobody,0.0,17.5]", "[stayer,0.0,20.0]");
        assertThat(users("default").columns())
                .startsWith("user_id", "label", "gender", "level", "system", "platform", "region", "account_age_days")
                .endsWith("page_home_rate", "page_next_song_rate", "status_200_count");
    }

    @Test
    void usesTheLabelWindowOfTheFlag() {
        run("short", "--cutoff", "2018-10-21", "--window", "7");

        // Churning exactly seven days after the cutoff is outside the window.
        assertThat(users("short").where("label = 1").select("user_id").collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("leaver");
    }

    @Test
    void supportsCutoffsRelativeToTheRegistration() throws IOException {
        List<TestEvent> log = new ArrayList<>(LOG);
        log.add(TestEvent.of("early", "2018-10-01T00:00:00Z", "Home")
                .with(EventLog.REGISTRATION, TestEvent.timestamp("2018-09-30T23:59:59Z")));
        TestEvent.table(log).write().parquet(uri("early"));
        BuildUserFeatures.main(new String[] {
            "--events", uri("early"), "--after-registration", "8", "--window", "14", "--output", uri("registered")
        });

        assertThat(users("registered")
                        .select("user_id", "label", "account_age_days")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[gone,1.0,8.0]", "[leaver,1.0,8.0]", "[stayer,0.0,8.0]");
        assertThat(json("registered/report.json").path("left_out").toString())
                .isEqualTo("{\"label window ends after the log\":1,\"no events in the observation window\":1,"
                        + "\"no registration date\":1,\"registered before the log starts\":1}");
    }

    @Test
    void writesSettingsThatReproduceTheFeatures() throws IOException {
        FeatureSettings settings = FeatureSettings.parse(
                "--settings", "settings.json", Files.readString(directory.resolve("default/settings.json")));

        Dataset<Row> users = EventLog.read(LocalSpark.session(), "--events", uri("events"));
        assertThat(FeatureRows.labelled(users, settings).orderBy("user_id").collectAsList())
                .isEqualTo(users("default").orderBy("user_id").collectAsList());
    }

    @Test
    void writesAReport() throws IOException {
        JsonNode report = json("default/report.json");

        assertThat(report.path("events").asInt()).isEqualTo(LOG.size());
        assertThat(report.path("cutoff").asText()).isEqualTo("2018-10-21");
        assertThat(report.path("users").asInt()).isEqualTo(6);
        assertThat(report.path("churners").asInt()).isEqualTo(2);
        assertThat(report.path("pages_not_seen_before_the_cutoff").toString()).isEqualTo("{\"Karaoke\":1}");
    }

    @Test
    void comparesTheHabitsOfChurnedAndRetainedUsers() throws IOException {
        String text = Files.readString(directory.resolve("default/exploration.json"));
        Exploration exploration = Exploration.parse("--exploration", "exploration.json", text);

        assertThat(exploration.json()).isEqualTo(text);
        CohortProfile churned = exploration.churned();
        assertThat(churned.users()).isEqualTo(3);
        assertThat(churned.hours().get(6)).isEqualTo(0.5);
        assertThat(churned.hours().get(12)).isEqualTo(0.5);
        // 2018-10-05 was a Friday.
        assertThat(churned.weekdays()).containsExactly(0.0, 0.25, 0.25, 0.0, 0.25, 0.25, 0.0);
        // Users observed for less than a day count as one day.
        assertThat(churned.pages()).containsEntry("Home", 1.0).containsEntry("NextSong", 1 / 3.0);
        assertThat(churned.sessionMinutes().counts().get(0)).isEqualTo(4);
        assertThat(churned.stayDays().counts()).startsWith(2L, 1L, 0L);
        assertThat(exploration.stayed().users()).isEqualTo(3);
        assertThat(exploration.stayed().hours().stream()
                        .mapToDouble(share -> share)
                        .sum())
                .isEqualTo(1.0, within(1e-9));
    }

    @Test
    void sumsHabitsExactly() {
        List<TestEvent> log = new ArrayList<>();
        for (int user = 0; user < 49; user++) {
            for (int session = 0; session < 1 + user % 3; session++) {
                log.add(TestEvent.of("u" + user, "2018-10-0" + (1 + session) + "T06:00:00Z", "Home")
                        .session(session));
            }
        }
        FeatureSettings settings = new FeatureSettings(
                new Cutoff.At(Instant.parse("2018-10-21T00:00:00Z")), 7, 20, 7, List.of("Home"), List.of(200));
        Dataset<Row> events = TestEvent.table(log);

        CohortProfile stayed = UserSummary.of(
                        UserTable.labelled(events, settings, LogSummary.of(events)), settings.pages())
                .exploration()
                .stayed();

        assertThat(stayed.users()).isEqualTo(49);
        assertThat(stayed.sessionMinutes().counts().get(0)).isEqualTo(97);
        assertThat(stayed.sessionsPerWeek().counts()).startsWith(0L, 17L, 16L, 16L, 0L);
    }

    @Test
    void shufflesTheEventsOnce() {
        Dataset<Row> events = EventLog.read(LocalSpark.session(), "--events", uri("events"));
        for (Cutoff cutoff : List.of(
                new Cutoff.At(TestEvent.timestamp("2018-10-21T00:00:00Z").toInstant()),
                new Cutoff.AfterRegistration(8))) {
            FeatureSettings settings = new FeatureSettings(cutoff, 7, 20, 7, List.of("Home"), List.of(200));
            Dataset<Row> users = UserTable.labelled(events, settings, LogSummary.of(events));
            String plan = users.queryExecution().executedPlan().toString();

            assertThat(users.rdd().getNumPartitions()).isEqualTo(2);
            assertThat(plan.split("Exchange ", -1)).as(plan).hasSize(2);
            assertThat(plan).doesNotContain("Join");
        }
    }

    @Test
    void acceptsALogWithoutChurn() throws IOException {
        TestEvent.table(LOG.stream()
                        .filter(event -> event.user().equals("stayer"))
                        .toList())
                .write()
                .parquet(uri("loyal"));
        BuildUserFeatures.main(new String[] {"--events", uri("loyal"), "--output", uri("loyal-features")});

        assertThat(json("loyal-features/report.json").path("churners").asInt(-1))
                .isZero();
        assertThat(json("loyal-features/exploration.json")
                        .path("users")
                        .path("churned")
                        .asInt(-1))
                .isZero();
    }

    @Test
    void rejectsALogWithoutEligibleUsers() {
        assertThatThrownBy(() -> run("none", "--after-registration", "365"))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--events: none of the 6 users of " + uri("events") + " are eligible for training. Excluded: 3"
                                + " churned before the cutoff, 2 cutoff after the end of the log, 1 no registration date.");
    }

    @Test
    void rejectsInvalidSettings() {
        for (String text : List.of(
                "{",
                "{}",
                "{\"cutoff\": \"2018-10-21T00:00:00Z\", \"window_days\": 1, \"trend_days\": 1}",
                "{\"cutoff\": \"soon\", \"window_days\": 1, \"trend_days\": 1}")) {
            assertThatThrownBy(() -> FeatureSettings.parse("--settings", "x/settings.json", text))
                    .isInstanceOf(UserFault.class)
                    .hasMessage("--settings: x/settings.json is not a valid feature settings file; use the"
                            + " settings.json of the step 'features'.");
        }
    }

    private static String run(String name, String... flags) {
        String[] arguments = IntStream.range(0, flags.length + 4)
                .mapToObj(index -> index >= 4
                        ? flags[index - 4]
                        : List.of("--events", uri("events"), "--output", uri(name))
                                .get(index))
                .toArray(String[]::new);
        PrintStream standardOutput = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            BuildUserFeatures.main(arguments);
        } finally {
            System.setOut(standardOutput);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Dataset<Row> users(String name) {
        return LocalSpark.session().read().parquet(uri(name) + "/users");
    }

    private static JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(directory.resolve(name).toFile());
    }

    private static String uri(String name) {
        return directory.resolve(name).toUri().toString().replaceAll("/$", "");
    }
}
