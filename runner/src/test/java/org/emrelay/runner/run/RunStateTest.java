package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.run.Plans.plans;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.run.Event.AttemptCancelled;
import org.emrelay.runner.run.Event.AttemptLost;
import org.emrelay.runner.run.Event.AttemptStarted;
import org.emrelay.runner.run.Event.AttemptSubmitted;
import org.emrelay.runner.run.Event.AttemptSucceeded;
import org.emrelay.runner.run.Event.Outcome;
import org.emrelay.runner.run.Event.RunBegan;
import org.emrelay.runner.run.Event.RunContinued;
import org.emrelay.runner.run.Event.RunEnded;
import org.emrelay.runner.run.Event.StepReset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunStateTest {
    private static final Instant TIME = FakeClock.START;
    private static final StepName WORDS = new StepName("words");

    private final RunState initial = RunState.of(plans().step("words").plan());

    private static AttemptId attempt(int number) {
        return new AttemptId(WORDS, number);
    }

    @Test
    void stateIsImmutable() {
        RunState submitted = initial.after(List.of(new AttemptSubmitted(TIME, attempt(1))));

        submitted.after(List.of(new AttemptStarted(TIME, attempt(1))));

        assertThat(initial.phase(WORDS)).isEqualTo(StepPhase.WAITING);
        assertThat(submitted.phase(WORDS)).isEqualTo(StepPhase.SUBMITTED);
    }

    @Test
    void eventsOneByOneLeadToTheSameStateAsTogether() {
        List<Event> events = List.of(
                new RunBegan(TIME),
                new AttemptSubmitted(TIME, attempt(1)),
                new AttemptStarted(TIME, attempt(1)),
                new AttemptLost(TIME.plusSeconds(5), attempt(1), "gone"),
                new RunContinued(TIME),
                new AttemptSubmitted(TIME, attempt(2)),
                new AttemptStarted(TIME, attempt(2)),
                new AttemptSucceeded(TIME.plusSeconds(2), attempt(2), null, 7L),
                new RunEnded(TIME, Outcome.DONE));

        RunState atOnce = initial.after(events);
        RunState step = initial;
        for (Event event : events) {
            step = step.after(List.of(event));
        }

        for (RunState state : List.of(atOnce, step)) {
            assertThat(state.outcome()).isEqualTo(Outcome.DONE);
            assertThat(state.step(WORDS).elapsed()).isEqualTo(Duration.ofSeconds(7));
            assertThat(state.step(WORDS).submittedAttempts()).isEqualTo(2);
            assertThat(state.step(WORDS).rows()).isEqualTo(7);
        }
    }

    @Test
    void clockSkewOfThePlatformGivesNoNegativeDuration() {
        RunState state = initial.after(List.of(
                new AttemptSubmitted(TIME, attempt(1)),
                new AttemptStarted(TIME, attempt(1)),
                new AttemptSucceeded(TIME.minusSeconds(9), attempt(1), null, null)));

        assertThat(state.step(WORDS).elapsed()).isZero();
    }

    @Test
    void eventAfterTheEndReopensTheRun() {
        RunState ended = initial.after(List.of(
                new RunBegan(TIME),
                new AttemptSubmitted(TIME, attempt(1)),
                new AttemptSucceeded(TIME, attempt(1), null, null),
                new RunEnded(TIME, Outcome.DONE)));

        assertThat(ended.after(List.of(new StepReset(TIME, WORDS, "again", false)))
                        .outcome())
                .isNull();
    }

    @Test
    void causeFoundLaterIsAddedWithoutReopeningTheRun() {
        RunState ended = initial.after(List.of(
                new RunBegan(TIME),
                new AttemptSubmitted(TIME, attempt(1)),
                new Event.AttemptFailed(TIME, attempt(1), Failure.of("exit code 1", "", "/log")),
                new RunEnded(TIME, Outcome.FAILED)));

        RunState diagnosed = ended.after(List.of(
                new Event.AttemptDiagnosed(TIME, attempt(1), new Diagnosis("Boom", "line 1 of /log", "Fix it."))));

        Failure failure = new Failure("exit code 1", "Boom", "line 1 of /log", "Fix it.", "/log");
        assertThat(diagnosed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(diagnosed.step(WORDS).failure()).isEqualTo(failure);
        assertThat(diagnosed.step(WORDS).attempts())
                .extracting(Attempt::failure)
                .containsExactly(failure);
        assertThat(diagnosed.step(WORDS).reason()).isEqualTo("exit code 1");
    }

    @Test
    void everySequenceOfEventsEndsInAStateOrInAnIllegalTransition() {
        Random random = new Random(7);
        List<Event> examples = EventJsonTest.examples();
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            RunState state = initial;
            try {
                for (int step = 0; step < 6; step++) {
                    state = state.after(List.of(examples.get(random.nextInt(examples.size()))));
                    assertThat(state.active().isEmpty())
                            .isEqualTo(!state.phase(WORDS).isActive());
                }
            } catch (IllegalTransitionException exception) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 20_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void attemptNumbersMustBeConsecutive(int number) {
        RunState once = initial.after(
                List.of(new AttemptSubmitted(TIME, attempt(1)), new AttemptCancelled(TIME, attempt(1), "interrupted")));

        assertThat(once.after(List.of(new AttemptSubmitted(TIME, attempt(2)))).active())
                .containsExactly(attempt(2));
        assertThatThrownBy(() -> once.after(List.of(new AttemptSubmitted(TIME, attempt(number)))))
                .isInstanceOf(IllegalTransitionException.class)
                .hasMessage("AttemptSubmitted of attempt words/" + number
                        + " is not allowed: the step is WAITING after 1 attempts");
    }

    @Test
    void attemptMustBeSubmittedBeforeItSucceeds() {
        assertThatThrownBy(() -> initial.after(List.of(new AttemptSucceeded(TIME, attempt(1), null, null))))
                .isInstanceOf(IllegalTransitionException.class)
                .hasMessage("AttemptSucceeded of attempt words/1 is not allowed: the step is WAITING after 0 attempts");
    }

    @Test
    void runWithUnfinishedStepsCannotEnd() {
        assertThatThrownBy(() -> initial.after(List.of(new RunBegan(TIME), new RunEnded(TIME, Outcome.DONE))))
                .isInstanceOf(IllegalTransitionException.class)
                .hasMessage("a run with unfinished steps cannot end");
    }

    @Test
    void unknownStepIsRejected() {
        assertThatThrownBy(() ->
                        initial.after(List.of(new AttemptSubmitted(TIME, new AttemptId(new StepName("other"), 1)))))
                .isInstanceOf(IllegalTransitionException.class)
                .hasMessage("the plan has no step other");
    }
}
