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

/** Steps that are taken out of a run while a platform goes on with it. */
final class StepRemoverTest {
    private static final String TAKEN_OUT = " SKIPPED (taken out by delete_steps)";
    private static final int EVENTS_WITH_ALL_HANDED_OVER = 5;
    private static final int EVENTS_WITH_THE_FIRST_RUNNING = 6;

    private RunFixture stage = new RunFixture();
    private final Run run = plans().policy(OnFailure.CONTINUE, 0, null)
            .step("words")
            .step("counts", "words")
            .step("clouds", "counts")
            .step("other")
            .run();

    /** Hands all steps over, and turns away after so many events. */
    private void begin(int events) {
        stage.platform.inOrder(200);
        AtomicReference<Executor> executor = new AtomicReference<>();
        AtomicInteger seen = new AtomicInteger();
        RunListener interrupter = new RunListener() {
            @Override
            public void happened(Event happened, RunState state) {
                if (seen.incrementAndGet() == events) {
                    interrupt(executor.get());
                }
            }
        };
        executor.set(
                new Executor(run, stage.platform, stage.journals, stage.clock, interrupter, InterruptPolicy.DETACH));
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
            return StepRemover.open(run, stage.platform, stage.journals, stage.clock, RunListener.NONE);
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
    }

    private StepRemoval remove(boolean cancel, String... steps) {
        try (StepRemover remover = remover()) {
            return remover.carryOut(set(steps), cancel);
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

    private static StepRemoval taken(String... steps) {
        return new StepRemoval(names(steps), List.of(), List.of(), "");
    }

    @Test
    void whatWasHandedOverAheadIsTakenBackWithAllThatDependsOnItInOneCall() throws IOException {
        stage.platform.script("words", AttemptScript.HANG, AttemptScript.SUCCEED);
        begin(EVENTS_WITH_THE_FIRST_RUNNING);
        try (StepRemover remover = remover()) {
            assertThat(remover.look(set("counts"), false)).isEqualTo(taken("counts", "clouds"));
            assertThat(stage.platform.cancelled).isEmpty();
            assertThat(remover.carryOut(set("counts"), false)).isEqualTo(taken("counts", "clouds"));
        }
        assertThat(stage.platform.cancelled).hasToString("[counts/1, clouds/1]");
        assertThat(stage.platform.running()).hasToString("[words/1, other/1]");
        assertThat(stage.state(run).phase(new StepName("words"))).isEqualTo(StepPhase.RUNNING);
    }

    @Test
    void theOthersGoOnAndTheRunEndsWithoutWhatWasTakenOut() {
        begin(EVENTS_WITH_ALL_HANDED_OVER);
        remove(false, "clouds");

        assertThat(RunFixture.told(stage.execute(run)))
                .isEqualTo("words DONE, counts DONE, clouds" + TAKEN_OUT + ", other DONE");
        assertThat(stage.submitted()).containsExactly("words/1", "counts/1", "clouds/1", "other/1");
        assertThat(stage.state(run).step(new StepName("clouds")).tries()).isZero();
    }

    @Test
    void oneThatRunsIsNamedAndNothingIsTouched() {
        stage.platform.script("words", AttemptScript.HANG);
        begin(EVENTS_WITH_THE_FIRST_RUNNING);
        List<Event> journal = List.copyOf(stage.journals.of(run.id()));

        assertThat(remove(false, "words"))
                .isEqualTo(new StepRemoval(
                        List.of(),
                        names("words"),
                        List.of(),
                        "Nothing was taken out of run 20261121-034512-ab3f: words is running. Add --cancel to stop what"
                                + " runs."));
        assertThat(stage.platform.cancelled).isEmpty();
        assertThat(stage.journals.of(run.id())).isEqualTo(journal);
    }

    @Test
    void oneThatRunsIsStoppedWhereThatIsWantedAndNothingBelowItStarts() {
        stage.platform.script("words", AttemptScript.HANG);
        begin(EVENTS_WITH_THE_FIRST_RUNNING);

        assertThat(remove(true, "words"))
                .isEqualTo(new StepRemoval(names("words", "counts", "clouds"), names("words"), List.of(), ""));
        assertThat(stage.platform.cancelled).hasToString("[words/1, counts/1, clouds/1]");
        assertThat(RunFixture.told(stage.execute(run)))
                .isEqualTo("words" + TAKEN_OUT + ", counts" + TAKEN_OUT + ", clouds" + TAKEN_OUT + ", other DONE");
        // What waits behind a step that is stopped is withdrawn with it, and comes again.
        assertThat(stage.submitted()).containsExactly("words/1", "counts/1", "clouds/1", "other/1", "other/2");
    }

    @Test
    void withoutNamesAllThatHaveNotStartedAreMeantAndWhatRunsGoesOn() {
        stage.platform.script("words", AttemptScript.HANG);
        begin(EVENTS_WITH_THE_FIRST_RUNNING);

        assertThat(remove(false))
                .isEqualTo(new StepRemoval(names("counts", "clouds", "other"), names("words"), List.of(), ""));
        assertThat(stage.platform.running()).hasToString("[words/1]");
    }

    @Test
    void withoutNamesAndWithLeaveToStopTheWholeRunEnds() {
        stage.platform.script("words", AttemptScript.HANG);
        begin(EVENTS_WITH_THE_FIRST_RUNNING);

        assertThat(remove(true).steps()).isEqualTo(names("words", "counts", "clouds", "other"));
        assertThat(stage.platform.running()).isEmpty();
        assertThat(stage.execute(run).status()).isEqualTo(RunResult.Status.DONE);
        assertThat(stage.submitted()).hasSize(4);
    }

    @Test
    void whatEndedWhileNobodyWatchedCannotBeTakenOut() {
        begin(EVENTS_WITH_ALL_HANDED_OVER);
        stage.platform.passBy(2);

        assertThat(remove(true, "words", "other").refusal())
                .isEqualTo(
                        "Nothing was taken out of run 20261121-034512-ab3f: words, counts ended already. Only steps that"
                                + " have not ended can be taken out.");
        assertThat(remove(false)).isEqualTo(new StepRemoval(names("other"), names("clouds"), List.of(), ""));
    }

    @Test
    void whatStartsWhileTheUserIsAskedIsRefusedThen() throws IOException {
        stage.platform.script("counts", AttemptScript.HANG);
        begin(EVENTS_WITH_ALL_HANDED_OVER);
        try (StepRemover remover = remover()) {
            assertThat(remover.look(set("counts"), false).refusal()).isEmpty();
            stage.platform.passBy(1);

            assertThat(remover.carryOut(set("counts"), false).refusal())
                    .isEqualTo("Nothing was taken out of run 20261121-034512-ab3f: counts is running. Add --cancel to"
                            + " stop what runs.");
        }
        assertThat(stage.platform.cancelled).isEmpty();
    }

    @Test
    void whatEndsAtTheVeryMomentInWhichItIsStoppedIsTold() {
        stage.platform.script("words", AttemptScript.SUCCEED_WHEN_STOPPED);
        begin(EVENTS_WITH_THE_FIRST_RUNNING);

        assertThat(remove(true, "words"))
                .isEqualTo(new StepRemoval(names("counts", "clouds"), names("words"), names("words"), ""));
        assertThat(RunFixture.told(stage.execute(run)))
                .isEqualTo("words DONE, counts" + TAKEN_OUT + ", clouds" + TAKEN_OUT + ", other DONE");
    }

    @Test
    void whatWaitsForItsRetryIsTakenOutToo() {
        Run retried = plans().policy(OnFailure.CONTINUE, 1, null).step("words").run();
        stage.platform.script("words", AttemptScript.FAIL, AttemptScript.SUCCEED);
        int failedOnce = 5;
        stage.journals.dieAfter(failedOnce - 1);
        assertThatThrownBy(() -> stage.execute(retried)).isInstanceOf(Killed.class);
        stage.journals.liveOn();
        try (StepRemover remover =
                StepRemover.open(retried, stage.platform, stage.journals, stage.clock, RunListener.NONE)) {
            assertThat(remover.carryOut(set(), false)).isEqualTo(taken("words"));
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
        assertThat(RunFixture.told(stage.execute(retried))).isEqualTo("words" + TAKEN_OUT);
    }

    @Test
    void ofARunThatHasNotBegunStepsAreTakenOutWithoutThePlatform() {
        assertThat(remove(false, "counts")).isEqualTo(taken("counts", "clouds"));
        assertThat(RunFixture.told(stage.execute(run)))
                .isEqualTo("words DONE, counts" + TAKEN_OUT + ", clouds" + TAKEN_OUT + ", other DONE");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneThatIsKilledAtAnyEventCanBeRepeatedOrTheRunGoneOnWith(boolean repeated) {
        int points = 0;
        while (killedAfter(points, repeated)) {
            points++;
        }
        System.out.println("delete_steps killed at " + points + " points, then "
                + (repeated ? "repeated" : "the run gone on with"));
        assertThat(points).isGreaterThan(4);
    }

    /** False when it came to its end before. */
    private boolean killedAfter(int events, boolean repeated) {
        Map<String, Integer> starts = new TreeMap<>();
        stage = new RunFixture();
        stage.platform.script("words", AttemptScript.HANG, AttemptScript.SUCCEED);
        begin(EVENTS_WITH_THE_FIRST_RUNNING);
        stage.platform.onStart(launch -> starts.merge(launch.attempt().step().value(), 1, Integer::sum));
        stage.journals.dieAfter(stage.journals.of(run.id()).size() + events);
        try {
            remove(true, "words");
            return false;
        } catch (Killed killed) {
            stage.journals.liveOn();
        }
        if (repeated) {
            assertThat(remove(true, "words").refusal()).isEmpty();
            assertThat(RunFixture.told(stage.execute(run)))
                    .isEqualTo("words" + TAKEN_OUT + ", counts" + TAKEN_OUT + ", clouds" + TAKEN_OUT + ", other DONE");
        } else {
            assertThat(stage.execute(run).status()).isEqualTo(RunResult.Status.DONE);
        }
        assertThat(starts.values()).allMatch(count -> count == 1);
        assertThat(stage.platform.running()).isEmpty();
        return true;
    }
}
