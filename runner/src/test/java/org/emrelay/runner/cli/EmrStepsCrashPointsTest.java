package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process dies at every single call by which steps are added, executed, taken out and collected, before the call arrives and after it took effect; the same
 * command, said again, ends as if nothing had been: no step begins twice, none is lost, and the journal says how it was.
 */
final class EmrStepsCrashPointsTest {
    private static final AtomicInteger POINTS = new AtomicInteger();

    @TempDir
    Path directory;

    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

    @AfterAll
    static void tell() {
        System.out.println("crash points of steps tried: " + POINTS);
    }

    /** A command on one cluster, which lives through all the points of a line; every point is a run of its own. */
    private abstract class Line {
        final EmrStepsPrompt emr;
        private final boolean tookEffect;
        private String point = "";

        Line(boolean tookEffect) {
            this.tookEffect = tookEffect;
            try {
                emr = new EmrStepsPrompt(Files.createTempDirectory(directory, "line"));
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
        }

        abstract void prepare();

        abstract CommandResult command();

        /** After the command was said again. */
        abstract void check(CommandResult again);

        /** Dies at one call after the other, until there are no more; how many there were. */
        int dieEverywhere() {
            int call = 1;
            while (diesAt(call)) {
                call++;
                POINTS.incrementAndGet();
            }
            expect(emr.strange().isEmpty(), "strange", emr.strange());
            emr.close();
            return call - 1;
        }

        private boolean diesAt(int number) {
            prepare();
            emr.aws().calls().forget();
            if (tookEffect) {
                emr.aws().dieAfter(number);
            } else {
                emr.aws().dieBefore(number);
            }
            command();
            boolean died = emr.aws().isDead();
            emr.aws().revive();
            if (died) {
                point = (tookEffect ? "after " : "before ")
                        + emr.aws().calls().all().stream()
                                .filter(call -> call.outcome().startsWith("died"))
                                .findFirst()
                                .orElseThrow();
                CommandResult again = command();
                expect(again.code() == 0, "said again", again);
                check(again);
            }
            return died;
        }

        void expect(boolean holds, String what, Object instead) {
            if (!holds) {
                wrong.add("\n" + getClass().getSimpleName() + " " + point + ": " + what + ": " + instead);
            }
        }

        /** What the journal makes of the run's steps, in their order. */
        void expectStates(String... states) {
            CommandResult listed = emr.list();
            expect(listed.code() == 0 && EmrStepsPrompt.states(listed).equals(List.of(states)), "list_steps", listed);
        }

        /** Whatever their attempts are called, each step began so often. */
        void expectStarted(String run, List<String> steps) {
            List<String> started = emr.started(run);
            expect(
                    started.stream()
                            .map(name -> name.replaceFirst("/.*", ""))
                            .toList()
                            .equals(steps),
                    "began",
                    started);
        }

        void expectDone(String run) {
            expectStarted(run, EmrStepsPrompt.STEPS);
            expectStates("done", "done", "done");
            emr.removeResults();
            expectFetched(emr.fetch());
        }

        /** The last step's output and nothing else. */
        void expectFetched(CommandResult said) {
            expect(said.code() == 0, "fetch_output", said);
            expect(emr.fetched().equals(EmrStepsPrompt.WHOLE), "fetched", emr.fetched());
        }
    }

    /** Adds what nothing of is in the bucket yet. */
    private final class Adding extends Line {
        Adding(boolean tookEffect) {
            super(tookEffect);
        }

        @Override
        void prepare() {
            emr.withNewFiles();
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

    /** Executes a chain that is handed over whole. */
    private final class Executing extends Line {
        private String run = "";

        Executing(boolean tookEffect) {
            super(tookEffect);
        }

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

    /** Takes out what EMR has and has not begun, after whoever handed it over has died. */
    private final class Deleting extends Line {
        private String run = "";

        Deleting(boolean tookEffect) {
            super(tookEffect);
        }

        @Override
        void prepare() {
            run = emr.add().out().strip();
            emr.executeUntilHandedOver();
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

    /** Collects what is done. */
    private final class Fetching extends Line {
        Fetching(boolean tookEffect) {
            super(tookEffect);
            emr.add();
            emr.execute();
        }

        @Override
        void prepare() {
            emr.removeResults();
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
    void startsEachStepOnceAndLosesNoneWhereverACommandDies() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> lines = new ArrayList<>();
            for (boolean tookEffect : new boolean[] {false, true}) {
                lines.add(threads.submit(() -> new Executing(tookEffect).dieEverywhere()));
                lines.add(threads.submit(() -> new Adding(tookEffect).dieEverywhere()));
                lines.add(threads.submit(() -> new Deleting(tookEffect).dieEverywhere()));
                lines.add(threads.submit(() -> new Fetching(tookEffect).dieEverywhere()));
            }
            for (Future<Integer> line : lines) {
                assertThat(line.get()).isGreaterThan(10);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(wrong).isEmpty();
    }
}
