package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.emrelay.runner.Sampling;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.CrashPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Crashes the process before and after every AWS call of commands that add, execute, delete and fetch steps. The
 * repeated command must end as if nothing had happened: no step starts twice, none is lost, and the journal
 * records it correctly.
 */
final class EmrStepsCrashPointsTest {
    /** The crash points to try per command. */
    private static final int SAMPLE = 15;

    @RegisterExtension
    static final Sampling CRASHES = Sampling.of("crash points of steps");

    @TempDir
    Path directory;

    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

    /** A command that crashes at every call on one cluster. Every crash point has its own run. */
    private abstract class CrashedCommand {
        final EmrStepsCliFixture emr;
        private String point = "";

        CrashedCommand() {
            try {
                emr = new EmrStepsCliFixture(Files.createTempDirectory(directory, "line"));
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
        }

        abstract void prepare();

        abstract CommandResult command();

        /** Checks the state after the last command, which must also end the steps that run. */
        abstract void check(CommandResult again);

        /** Crashes at each call in turn; returns the number of calls. */
        int crashEverywhere() {
            prepare();
            emr.aws().calls().clear();
            CommandResult uninterrupted = command();
            List<Call> calls = emr.aws().calls().all();
            check(uninterrupted);
            CRASHES.choose(SAMPLE, CrashPoint.of(calls), CrashPoint::kind).forEach(this::crash);
            expect(emr.violations().isEmpty(), "unexpected", emr.violations());
            emr.close();
            return calls.size();
        }

        private void crash(CrashPoint at) {
            prepare();
            emr.aws().calls().clear();
            emr.aws().crashAt(at);
            command();
            boolean crashed = emr.aws().isCrashed();
            emr.aws().restartProcess();
            if (crashed) {
                point = at.toString();
                CommandResult again = command();
                expect(again.code() == 0, "repeated command", again);
                check(again);
            }
        }

        void expect(boolean condition, String what, Object actual) {
            if (!condition) {
                failures.add("\n" + getClass().getSimpleName() + " " + point + ": " + what + ": " + actual);
            }
        }

        /** Expects the states of the run's steps in order, as recorded in the journal. */
        void expectStates(String... states) {
            CommandResult listed = emr.list();
            expect(
                    listed.code() == 0 && EmrStepsCliFixture.states(listed).equals(List.of(states)),
                    "list_steps",
                    listed);
        }

        /** Expects the started steps in order, regardless of attempt numbers. */
        void expectStarted(String run, List<String> steps) {
            List<String> started = emr.startedAttempts(run);
            expect(
                    started.stream()
                            .map(name -> name.replaceFirst("/.*", ""))
                            .toList()
                            .equals(steps),
                    "started",
                    started);
        }

        void expectDone(String run) {
            expectStarted(run, EmrStepsCliFixture.STEPS);
            expectStates("done", "done", "done");
            emr.deleteResults();
            expectFetched(emr.fetch());
        }

        /** Expects the output of the last step and nothing else. */
        void expectFetched(CommandResult fetched) {
            expect(fetched.code() == 0, "fetch_output", fetched);
            expect(emr.fetchedFiles().equals(EmrStepsCliFixture.COMPLETE_RESULTS), "fetched", emr.fetchedFiles());
        }
    }

    /** Adds steps whose files are not yet in the bucket. */
    private final class AddSteps extends CrashedCommand {
        @Override
        void prepare() {
            emr.withNewInputs();
        }

        @Override
        CommandResult command() {
            return emr.add();
        }

        @Override
        void check(CommandResult again) {
            CommandResult executed = emr.execute();
            expect(executed.code() == 0, "execute_steps", executed);
            expectDone(again.out().strip());
        }
    }

    /** Executes a chain of steps that is submitted in one call. */
    private final class ExecuteSteps extends CrashedCommand {
        private String run = "";

        @Override
        void prepare() {
            run = emr.add().out().strip();
        }

        @Override
        CommandResult command() {
            return emr.execute();
        }

        @Override
        void check(CommandResult again) {
            expectDone(run);
        }
    }

    /** Deletes steps that EMR has not started, after the process that submitted them has crashed. */
    private final class DeleteSteps extends CrashedCommand {
        private String run = "";

        /** The cluster is ready, so that EMR starts the first step at once. */
        DeleteSteps() {
            emr.aws().clock().advance(Duration.ofMinutes(2));
        }

        @Override
        void prepare() {
            run = emr.add().out().strip();
            emr.executeAndCrashAfterSubmission();
        }

        @Override
        CommandResult command() {
            return emr.delete();
        }

        @Override
        void check(CommandResult again) {
            CommandResult executed = emr.execute();
            expect(executed.code() == 0, "execute_steps", executed);
            expectStarted(run, List.of("words"));
            expectStates("done", "skipped", "skipped");
        }
    }

    /** Fetches finished outputs. */
    private final class FetchOutput extends CrashedCommand {
        FetchOutput() {
            emr.add();
            emr.execute();
        }

        @Override
        void prepare() {
            emr.deleteResults();
        }

        @Override
        CommandResult command() {
            return emr.fetch();
        }

        @Override
        void check(CommandResult again) {
            expectFetched(again);
        }
    }

    @Test
    void startsEachStepOnceAndLosesNoneWhereverACommandCrashes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> callCounts = new ArrayList<>();
            callCounts.add(threads.submit(() -> new ExecuteSteps().crashEverywhere()));
            callCounts.add(threads.submit(() -> new AddSteps().crashEverywhere()));
            callCounts.add(threads.submit(() -> new DeleteSteps().crashEverywhere()));
            callCounts.add(threads.submit(() -> new FetchOutput().crashEverywhere()));
            for (Future<Integer> callCount : callCounts) {
                assertThat(callCount.get()).isGreaterThan(10);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(failures).isEmpty();
    }
}
