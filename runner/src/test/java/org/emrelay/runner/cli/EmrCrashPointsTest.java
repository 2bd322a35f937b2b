package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.ClusterScript;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process dies at every single call that it sends to AWS, before the call arrives and after it took effect; whatever is left then, the next process
 * removes it all, with the journal and without.
 */
final class EmrCrashPointsTest {
    private static final AtomicInteger POINTS = new AtomicInteger();

    /** All phases, but few looks at each: one look while a cluster starts is like another. */
    private static final ClusterScript QUICK =
            ClusterScript.ordinary().withPhases(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(20));

    /** How long EMR's list of clusters does not show a new one. */
    private static final Duration LISTING_LAG = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

    @AfterAll
    static void tell() {
        System.out.println("crash points tried: " + POINTS);
    }

    @Test
    void leavesNothingWhereverACreationDies() throws Exception {
        dieEverywhere(emr -> {}, EmrPrompt::create, Rescue.TERMINATE);
    }

    @Test
    void leavesNothingWhereverATerminationDies() throws Exception {
        dieEverywhere(EmrPrompt::create, emr -> emr.terminate("--delete-bucket"), Rescue.TERMINATE);
    }

    @Test
    void leavesNothingWhereverTakingBackDies() throws Exception {
        dieEverywhere(
                emr -> emr.aws().faults().add(Fault.denied(), Calls.named("RunJobFlow")),
                EmrPrompt::create,
                Rescue.TERMINATE);
    }

    @Test
    void makesNoSecondClusterWhenACreationIsSaidAgainWhereverItDied() throws Exception {
        dieEverywhere(emr -> {}, EmrPrompt::create, Rescue.CREATE_AGAIN);
    }

    /** What the next process does. */
    private enum Rescue {
        TERMINATE,
        CREATE_AGAIN
    }

    private void dieEverywhere(Consumer<EmrPrompt> before, Consumer<EmrPrompt> dying, Rescue rescue) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> lines = new ArrayList<>();
            for (boolean ledgerLost : new boolean[] {false, true}) {
                for (boolean tookEffect : new boolean[] {false, true}) {
                    lines.add(threads.submit(() -> {
                        int call = 1;
                        while (diesAt(call, tookEffect, ledgerLost, before, dying, rescue)) {
                            call++;
                            POINTS.incrementAndGet();
                        }
                        assertThat(call).isGreaterThan(25);
                        return call;
                    }));
                }
            }
            for (Future<?> line : lines) {
                line.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(wrong).isEmpty();
    }

    /** False when there is no such call any more. */
    private boolean diesAt(
            int number,
            boolean tookEffect,
            boolean ledgerLost,
            Consumer<EmrPrompt> before,
            Consumer<EmrPrompt> dying,
            Rescue rescue)
            throws Exception {
        try (EmrPrompt emr = new EmrPrompt(Files.createTempDirectory(directory, "at"))) {
            emr.aws().emr().listingLag(LISTING_LAG);
            emr.aws().emr().clusters(name -> QUICK);
            before.accept(emr);
            if (tookEffect) {
                emr.aws().dieAfter(number);
            } else {
                emr.aws().dieBefore(number);
            }
            dying.accept(emr);
            if (!emr.aws().isDead()) {
                return false;
            }
            String point = (tookEffect ? "after " : "before ")
                    + emr.aws().calls().all().stream()
                            .filter(call -> call.outcome().startsWith("died"))
                            .findFirst()
                            .orElseThrow();
            emr.aws().revive();
            emr.aws().faults().clear();
            if (ledgerLost) {
                emr.loseLedgers();
            }
            if (rescue == Rescue.CREATE_AGAIN) {
                CommandResult again = emr.create();
                if (again.code() != 0 && !again.err().contains("is up already")) {
                    wrong.add("\n" + point + ": created again: " + again);
                }
            }
            CommandResult said = emr.terminate("--delete-bucket");
            check(emr, said, point + (ledgerLost ? ", journal lost" : ""));
            return true;
        }
    }

    private void check(EmrPrompt emr, CommandResult said, String point) {
        List<String> remaining = emr.aws().remaining();
        List<String> changed = emr.aws().foreignChanges();
        int clusters = emr.clustersEver();
        boolean strange = !emr.aws().calls().unknown().isEmpty()
                || !emr.aws().calls().defects().isEmpty();
        if (said.code() != 0 || !remaining.isEmpty() || !changed.isEmpty() || clusters > 1 || strange) {
            wrong.add("\n" + point + ": exit " + said.code() + ", clusters " + clusters + ", remaining " + remaining
                    + ", changed " + changed + "\n" + said.err());
        }
    }
}
