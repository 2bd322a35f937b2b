package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.run.InMemoryJournals.Killed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Removes steps from a run that continues on the platform. */
final class StepRemoverTest {
    private static final String REMOVED = " SKIPPED (taken out by delete_steps)";
    private static final int EVENTS_UNTIL_ALL_SUBMITTED = 5;
    private static final int EVENTS_UNTIL_FIRST_RUNNING = 6;

    private RunFixture fixture = new RunFixture();
    private final Run run = plans().policy(OnFailure.CONTINUE, 0, null)
            .step("words")
            .step("counts", "words")
            .step("clouds", "counts")
            .step("other")
            .run();

    /** Submits all steps and detaches after this many events. */
    private void detachAfter(int events) {
        fixture.platform.sequential(200);
        AtomicReference<Executor> executor = new AtomicReference<>();
        AtomicInteger eventCount = new AtomicInteger();
        RunListener interrupter = new RunListener() {
            @Override
            public void recorded(Event recorded, RunState state) {
                if (eventCount.incrementAndGet() == events) {
                    interrupt(executor.get());
                }
            }
        };
        executor.set(RunFixture.executor(
                run, fixture.platform, fixture.journals, fixture.clock, interrupter, InterruptPolicy.DETACH));
        try {
            assertThat(executor.get().execute(Selection.NONE).status()).isEqualTo(RunResult.Status.DETACHED);
        } catch (IOException | SelectionException exception) {
            throw new AssertionError(exception);
        }
    }

    private static void interrupt(Executor executor) {
        try {
            executor.interrupt(Duration.ZERO);
        } catch (InterruptedException exception) {
            throw new AssertionError(exception);
        }
    }

    private StepRemover remover() {
        try {
            return DetachedStepRemover.open(
                    run, fixture.platform, fixture.journals, fixture.clock, RunListener.NONE, () -> {});
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
    }

    private StepRemoval remove(boolean cancel, String... steps) {
        try (StepRemover remover = remover()) {
            return remover.execute(set(steps), cancel);
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
    }

    private static Set<StepName> set(String... steps) {
        return Stream.of(steps).map(StepName::new).collect(Collectors.toSet());
    }

    private static List<StepName> names(String... steps) {
        return Stream.of(steps).map(StepName::new).toList();
    }

    private static StepRemoval removal(String... steps) {
        return new StepRemoval(names(steps), List.of(), List.of(), "");
    }

    @Test
    void queuedStepIsCancelledWithItsDependentsInOneCall() throws IOException {
        fixture.platform.script("words", AttemptScript.HANG, AttemptScript.SUCCEED);
        detachAfter(EVENTS_UNTIL_FIRST_RUNNING);
        try (StepRemover remover = remover()) {
            assertThat(remover.preview(set("counts"), false)).isEqualTo(removal("counts", "clouds"));
            assertThat(fixture.platform.cancelled).isEmpty();
            assertThat(remover.execute(set("counts"), false)).isEqualTo(removal("counts", "clouds"));
        }
        assertThat(fixture.platform.cancelled).hasToString("[counts/1, clouds/1]");
        assertThat(fixture.platform.running()).hasToString("[words/1, other/1]");
        assertThat(fixture.state(run).phase(new StepName("words"))).isEqualTo(StepPhase.RUNNING);
    }

    @Test
    void otherStepsContinueAndTheRunEndsWithoutTheRemovedOne() {
        detachAfter(EVENTS_UNTIL_ALL_SUBMITTED);
        remove(false, "clouds");

        assertThat(RunFixture.summary(fixture.execute(run)))
                .isEqualTo("words DONE, counts DONE, clouds" + REMOVED + ", other DONE");
        assertThat(fixture.submitted()).containsExactly("words/1", "counts/1", "clouds/1", "other/1");
        assertThat(fixture.state(run).step(new StepName("clouds")).attempts()).noneMatch(Attempt::counts);
    }

    @Test
    void runningStepIsReportedAndNothingChanges() {
        fixture.platform.script("words", AttemptScript.HANG);
        detachAfter(EVENTS_UNTIL_FIRST_RUNNING);
        List<Event> journal = List.copyOf(fixture.journals.of(run.id()));

        assertThat(remove(false, "words"))
                .isEqualTo(new StepRemoval(
                        List.of(),
                        names("words"),
                        List.of(),
                        "Nothing was removed from run 20261121-034512-ab3f: words is running. Pass --cancel to stop running"
                                + " steps."));
        assertThat(fixture.platform.cancelled).isEmpty();
        assertThat(fixture.journals.of(run.id())).isEqualTo(journal);
    }

    @Test
    void runningStepIsStoppedIfRequestedAndItsDependentsDoNotStart() {
        fixture.platform.script("words", AttemptScript.HANG);
        detachAfter(EVENTS_UNTIL_FIRST_RUNNING);

        assertThat(remove(true, "words"))
                .isEqualTo(new StepRemoval(names("words", "counts", "clouds"), names("words"), List.of(), ""));
        assertThat(fixture.platform.cancelled).hasToString("[words/1, counts/1, clouds/1]");
        assertThat(RunFixture.summary(fixture.execute(run)))
                .isEqualTo("words" + REMOVED + ", counts" + REMOVED + ", clouds" + REMOVED + ", other DONE");
        // Steps queued behind a stopped step are withdrawn with it and submitted again.
        assertThat(fixture.submitted()).containsExactly("words/1", "counts/1", "clouds/1", "other/1", "other/2");
    }

    @Test
    void withoutNamesRemovesAllStepsThatHaveNotStarted() {
        fixture.platform.script("words", AttemptScript.HANG);
        detachAfter(EVENTS_UNTIL_FIRST_RUNNING);

        assertThat(remove(false))
                .isEqualTo(new StepRemoval(names("counts", "clouds", "other"), names("words"), List.of(), ""));
        assertThat(fixture.platform.running()).hasToString("[words/1]");
    }

    @Test
    void withoutNamesAndWithCancelEndsTheRun() {
        fixture.platform.script("words", AttemptScript.HANG);
        detachAfter(EVENTS_UNTIL_FIRST_RUNNING);

        assertThat(remove(true).steps()).isEqualTo(names("words", "counts", "clouds", "other"));
        assertThat(fixture.platform.running()).isEmpty();
        assertThat(fixture.execute(run).status()).isEqualTo(RunResult.Status.DONE);
        assertThat(fixture.submitted()).hasSize(4);
    }

    @Test
    void stepThatEndedWhileDetachedCannotBeRemoved() {
        detachAfter(EVENTS_UNTIL_ALL_SUBMITTED);
        fixture.platform.advance(2);

        assertThat(remove(true, "words", "other").refusal())
                .isEqualTo(
                        "Nothing was removed from run 20261121-034512-ab3f: words, counts already ended. Only steps that"
                                + " have not ended can be removed.");
        assertThat(remove(false)).isEqualTo(new StepRemoval(names("other"), names("clouds"), List.of(), ""));
    }

    @Test
    void stepThatStartsDuringThePromptIsRejected() throws IOException {
        fixture.platform.script("counts", AttemptScript.HANG);
        detachAfter(EVENTS_UNTIL_ALL_SUBMITTED);
        try (StepRemover remover = remover()) {
            assertThat(remover.preview(set("counts"), false).refusal()).isEmpty();
            fixture.platform.advance(1);

            assertThat(remover.execute(set("counts"), false).refusal())
                    .isEqualTo("Nothing was removed from run 20261121-034512-ab3f: counts is running. Pass --cancel to"
                            + " stop running steps.");
        }
        assertThat(fixture.platform.cancelled).isEmpty();
    }

    @Test
    void stepThatEndsWhileBeingStoppedIsReported() {
        fixture.platform.script("words", AttemptScript.SUCCEED_WHEN_STOPPED);
        detachAfter(EVENTS_UNTIL_FIRST_RUNNING);

        assertThat(remove(true, "words"))
                .isEqualTo(new StepRemoval(names("counts", "clouds"), names("words"), names("words"), ""));
        assertThat(RunFixture.summary(fixture.execute(run)))
                .isEqualTo("words DONE, counts" + REMOVED + ", clouds" + REMOVED + ", other DONE");
    }

    @Test
    void stepWaitingForItsRetryIsRemovedToo() {
        Run retried = plans().policy(OnFailure.CONTINUE, 1, null).step("words").run();
        fixture.platform.script("words", AttemptScript.FAIL, AttemptScript.SUCCEED);
        int failedOnce = 5;
        fixture.journals.killAfter(failedOnce - 1);
        assertThatThrownBy(() -> fixture.execute(retried)).isInstanceOf(Killed.class);
        fixture.journals.stopKilling();
        try (StepRemover remover = DetachedStepRemover.open(
                retried, fixture.platform, fixture.journals, fixture.clock, RunListener.NONE, () -> {})) {
            assertThat(remover.execute(set(), false)).isEqualTo(removal("words"));
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
        assertThat(RunFixture.summary(fixture.execute(retried))).isEqualTo("words" + REMOVED);
    }

    @Test
    void stepsOfARunThatHasNotBegunAreRemovedWithoutThePlatform() {
        assertThat(remove(false, "counts")).isEqualTo(removal("counts", "clouds"));
        assertThat(RunFixture.summary(fixture.execute(run)))
                .isEqualTo("words DONE, counts" + REMOVED + ", clouds" + REMOVED + ", other DONE");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void removalKilledAtAnyEventCanBeRepeatedOrTheRunContinued(boolean repeated) {
        int points = 0;
        while (isKilledAfter(points, repeated)) {
            points++;
        }
        System.out.println(
                "delete_steps killed at " + points + " points, then " + (repeated ? "repeated" : "the run continued"));
        assertThat(points).isGreaterThan(4);
    }

    /** False when the removal ends before this event. */
    private boolean isKilledAfter(int events, boolean repeated) {
        Map<String, Integer> starts = new TreeMap<>();
        fixture = new RunFixture();
        fixture.platform.script("words", AttemptScript.HANG, AttemptScript.SUCCEED);
        detachAfter(EVENTS_UNTIL_FIRST_RUNNING);
        fixture.platform.onStart(
                request -> starts.merge(request.attempt().step().value(), 1, Integer::sum));
        fixture.journals.killAfter(fixture.journals.of(run.id()).size() + events);
        try {
            remove(true, "words");
            return false;
        } catch (Killed killed) {
            fixture.journals.stopKilling();
        }
        if (repeated) {
            assertThat(remove(true, "words").refusal()).isEmpty();
            assertThat(RunFixture.summary(fixture.execute(run)))
                    .isEqualTo("words" + REMOVED + ", counts" + REMOVED + ", clouds" + REMOVED + ", other DONE");
        } else {
            assertThat(fixture.execute(run).status()).isEqualTo(RunResult.Status.DONE);
        }
        assertThat(starts.values()).allMatch(count -> count == 1);
        assertThat(fixture.platform.running()).isEmpty();
        return true;
    }
}
