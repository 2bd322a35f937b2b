package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.run.Event.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventJsonTest {
    private static final Instant TIME = Instant.parse("2026-11-21T03:45:12.345678901Z");
    private static final StepName STEP = new StepName("words");
    private static final AttemptId ATTEMPT = new AttemptId(STEP, 2);
    private static final OutputSummary SUMMARY = new OutputSummary(3, 4_000_000_000L, "d1\"\n");
    private static final Failure FAILURE = new Failure("exit code 1", "Böse → 字", "lines 1–2 of x", "", "/logs/x");

    static List<Event> examples() {
        return List.of(
                new Event.RunBegan(TIME),
                new Event.RunContinued(TIME),
                new Event.RunEnded(TIME, Outcome.DONE),
                new Event.RunEnded(TIME, Outcome.FAILED),
                new Event.StepReused(TIME, STEP, Plans.RUN, "/out", SUMMARY, 7L, "args changed"),
                new Event.StepReused(TIME, STEP, Plans.RUN, "/out", null, null, ""),
                new Event.StepSkipped(TIME, STEP, "needs a", new StepName("a")),
                new Event.StepSkipped(TIME, STEP, "disabled", null),
                new Event.StepRunsAgain(TIME, STEP, "why"),
                new Event.StepCancelled(TIME, STEP, "a failed"),
                new Event.StepFailed(TIME, STEP, "no space left", "Free some space."),
                new Event.StepReset(TIME, STEP, "it failed before", true),
                new Event.AttemptSubmitted(TIME, ATTEMPT),
                new Event.AttemptStarted(TIME, ATTEMPT),
                new Event.AttemptSucceeded(TIME, ATTEMPT, SUMMARY, 9L),
                new Event.AttemptSucceeded(TIME, ATTEMPT, null, null),
                new Event.AttemptFailed(TIME, ATTEMPT, FAILURE),
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
