package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.InstanceChange;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.PlatformStep;
import org.emrelay.runner.profile.ProfileReading;
import org.emrelay.runner.profile.Profiles;
import org.emrelay.runner.run.Event.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventJsonTest {
    private static final Instant TIME = Instant.parse("2026-11-21T03:45:12.345678901Z");
    private static final StepName STEP = new StepName("words");
    private static final AttemptId ATTEMPT = new AttemptId(STEP, 2);
    private static final OutputSummary SUMMARY = new OutputSummary(3, 4_000_000_000L, "d1\"\n");
    private static final Failure FAILURE = new Failure("exit code 1", "Böse → 字", "lines 1–2 of x", "", "/logs/x");

    private static final Cost COST =
            new Cost(new BigDecimal("0.0912"), new BigDecimal("1.20"), List.of("m9.large"), true);

    static List<Event> examples() {
        return List.of(
                new Event.RunBegan(TIME),
                new Event.RunContinued(TIME),
                new Event.CostRecorded(TIME, null, COST),
                new Event.CostRecorded(TIME, ATTEMPT, COST),
                new Event.SpendingLimitReached(TIME, new BigDecimal("5.50"), COST),
                new Event.NoticeGiven(TIME, "warning: \"x\""),
                new Event.InstanceChanged(TIME, new InstanceChange("i-1", "m5.xlarge", true, "RUNNING", "")),
                new Event.InstanceChanged(
                        TIME,
                        new InstanceChange(
                                "i-2",
                                "m5.xlarge",
                                false,
                                "TERMINATED",
                                "scale-down",
                                TIME,
                                TIME.plusSeconds(60),
                                TIME.plusSeconds(3600),
                                new BigDecimal("0.25055"))),
                new Event.RunEnded(TIME, Outcome.DONE),
                new Event.RunEnded(TIME, Outcome.FAILED),
                new Event.StepReused(TIME, STEP, Plans.RUN, "/out", SUMMARY, 7L, "args changed"),
                new Event.StepReused(TIME, STEP, Plans.RUN, "/out", null, null, ""),
                new Event.StepSkipped(TIME, STEP, "needs a", new StepName("a")),
                new Event.StepSkipped(TIME, STEP, "disabled", null),
                new Event.StepSkipped(TIME, STEP, "taken out by delete_steps", null, true),
                new Event.StepRunsAgain(TIME, STEP, "why"),
                new Event.StepCancelled(TIME, STEP, "a failed"),
                new Event.StepFailed(TIME, STEP, "no space left", "Free some space."),
                new Event.StepReset(TIME, STEP, "it failed before", true),
                new Event.AttemptSubmitted(TIME, ATTEMPT),
                new Event.AttemptStarted(TIME, ATTEMPT),
                new Event.AttemptStarted(TIME, ATTEMPT, new PlatformStep("s-1A", "s3://logs/s-1A/")),
                new Event.AttemptSucceeded(TIME, ATTEMPT, SUMMARY, 9L),
                new Event.AttemptSucceeded(TIME, ATTEMPT, null, null),
                new Event.AttemptFailed(TIME, ATTEMPT, FAILURE),
                new Event.AttemptDiagnosed(TIME, ATTEMPT, new Diagnosis("Böse", "line 1 of x", "")),
                new Event.AttemptProfiled(TIME, ATTEMPT, ProfileReading.of(Profiles.small())),
                new Event.AttemptProfiled(TIME, ATTEMPT, ProfileReading.none("There is no event log.")),
                new Event.AttemptTimedOut(TIME, ATTEMPT, FAILURE),
                new Event.AttemptCancelled(TIME, ATTEMPT, "interrupted"),
                new Event.AttemptWithdrawn(TIME, ATTEMPT),
                new Event.AttemptLost(TIME, ATTEMPT, "killed"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eventIsReadBackFromOneLine(Event event) throws MalformedJsonException {
        String line = EventJson.write(event);

        assertThat(line).doesNotContain("\n");
        assertThat(EventJson.read(line)).isEqualTo(event);
    }

    @Test
    void examplesCoverEveryKindOfEvent() {
        Stream<Class<?>> kinds = Stream.of(Event.class).flatMap(EventJsonTest::kinds);

        assertThat(examples().stream().<Class<?>>map(Event::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(kinds.toList());
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(EventJsonTest::kinds)
                : Stream.of(type);
    }

    @Test
    void lineIsReadable() {
        assertThat(EventJson.write(new Event.AttemptSucceeded(TIME, ATTEMPT, new OutputSummary(1, 2, "d"), 9L)))
                .isEqualTo("""
                        {"time":"2026-11-21T03:45:12.345678901Z","event":"attempt_succeeded","step":"words","attempt":2,\
                        "summary":{"files":1,"bytes":2,"digest":"d"},"rows":9}""");
    }

    /** One line of each kind, as version 1 wrote them. */
    static List<Arguments> linesOfEarlierVersions() {
        String start = "{\"time\":\"2026-11-21T03:45:12.345678901Z\",\"event\":";
        return List.of(
                arguments(start + "\"run_began\"}", new Event.RunBegan(TIME)),
                arguments(start + "\"run_ended\",\"outcome\":\"DONE\"}", new Event.RunEnded(TIME, Outcome.DONE)),
                arguments(
                        start + "\"skipped\",\"step\":\"words\",\"reason\":\"needs a\",\"blocked_by\":\"a\"}",
                        new Event.StepSkipped(TIME, STEP, "needs a", new StepName("a"))),
                arguments(
                        start + "\"skipped\",\"step\":\"words\",\"reason\":\"taken out by delete_steps\"}",
                        new Event.StepSkipped(TIME, STEP, "taken out by delete_steps", null, true)),
                arguments(
                        start + "\"reused\",\"step\":\"words\",\"from\":\"" + Plans.RUN
                                + "\",\"output\":\"/out\",\"summary\":{\"files\":1,\"bytes\":2,\"digest\":\"d\"},\"rows\":7,\"despite\":\"args changed\"}",
                        new Event.StepReused(
                                TIME, STEP, Plans.RUN, "/out", new OutputSummary(1, 2, "d"), 7L, "args changed")),
                arguments(
                        start + "\"attempt_started\",\"step\":\"words\",\"attempt\":2}",
                        new Event.AttemptStarted(TIME, ATTEMPT)),
                arguments(
                        start + "\"attempt_succeeded\",\"step\":\"words\",\"attempt\":2}",
                        new Event.AttemptSucceeded(TIME, ATTEMPT, null, null)),
                arguments(
                        start
                                + "\"attempt_failed\",\"step\":\"words\",\"attempt\":2,\"reason\":\"exit code 1\",\"cause\":\"Böse → 字\",\"where\":\"lines 1–2 of x\",\"hint\":\"\",\"log\":\"/logs/x\"}",
                        new Event.AttemptFailed(TIME, ATTEMPT, FAILURE)));
    }

    @ParameterizedTest
    @MethodSource("linesOfEarlierVersions")
    void linesOfEarlierVersionsKeepTheirMeaning(String line, Event event) throws MalformedJsonException {
        assertThat(EventJson.read(line)).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"time\":\"now\",\"event\":\"run_began\"}",
                "{\"time\":\"2026-11-21T03:45:12Z\",\"event\":\"run_flew\"}",
                "{\"time\":\"2026-11-21T03:45:12Z\",\"event\":\"flew\",\"step\":\"a\"}",
                "{\"time\":\"2026-11-21T03:45:12Z\",\"event\":\"flew\",\"step\":\"a\",\"attempt\":1}",
                "{\"time\":\"2026-11-21T03:45:12Z\",\"event\":\"attempt_started\",\"step\":\"a\",\"attempt\":0}",
                "{\"time\":\"2026-11-21T03:45:12Z\",\"event\":\"attempt_started\",\"step\":\"a\",\"attempt\":1e99}",
                "{\"time\":\"2026-11-21T03:45:12Z\",\"event\":\"attempt_started\",\"step\":\"../a\",\"attempt\":1}",
                "{\"time\":\"2026-11-21T03:45:12Z\",\"event\":\"run_ended\",\"outcome\":\"fine\"}"
            })
    void invalidEventIsRejected(String line) {
        assertThatThrownBy(() -> EventJson.read(line)).isInstanceOf(MalformedJsonException.class);
    }
}
