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
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.ClusterScript;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Crashes the process before and after every AWS call of a command. The next process must remove all resources,
 * with and without the journal.
 */
final class EmrCrashPointsTest {
    private static final AtomicInteger POINTS = new AtomicInteger();

    /** All phases, but few polls in each: every poll while a cluster starts is the same. */
    private static final ClusterScript QUICK =
            ClusterScript.typical().withPhases(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(20));

    /** How long ListClusters does not show a new cluster. */
    private static final Duration LISTING_LAG = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

    @AfterAll
    static void reportPoints() {
        System.out.println("crash points tried: " + POINTS);
    }

    @Test
    void leavesNothingWhereverACreationCrashes() throws Exception {
        crashEverywhere(emr -> {}, EmrCliFixture::create, Recovery.TERMINATE);
    }

    @Test
    void leavesNothingWhereverATerminationCrashes() throws Exception {
        crashEverywhere(EmrCliFixture::create, emr -> emr.terminate("--delete-bucket"), Recovery.TERMINATE);
    }

    @Test
    void leavesNothingWhereverARollbackCrashes() throws Exception {
        crashEverywhere(
                emr -> emr.aws().faults().add(Fault.denied(), Calls.named("RunJobFlow")),
                EmrCliFixture::create,
                Recovery.TERMINATE);
    }

    @Test
    void createsNoSecondClusterWhenACrashedCreationIsRepeated() throws Exception {
        crashEverywhere(emr -> {}, EmrCliFixture::create, Recovery.CREATE_AGAIN);
    }

    /** The command of the next process. */
    private enum Recovery {
        TERMINATE,
        CREATE_AGAIN
    }

    private void crashEverywhere(Consumer<EmrCliFixture> before, Consumer<EmrCliFixture> command, Recovery recovery)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> results = new ArrayList<>();
            for (boolean journalLost : new boolean[] {false, true}) {
                for (boolean tookEffect : new boolean[] {false, true}) {
                    results.add(threads.submit(() -> {
                        int call = 1;
                        while (crashesAt(call, tookEffect, journalLost, before, command, recovery)) {
                            call++;
                            POINTS.incrementAndGet();
                        }
                        assertThat(call).isGreaterThan(25);
                        return call;
                    }));
                }
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(failures).isEmpty();
    }

    /** Returns false if the command makes fewer calls. */
    private boolean crashesAt(
            int number,
            boolean tookEffect,
            boolean journalLost,
            Consumer<EmrCliFixture> before,
            Consumer<EmrCliFixture> command,
            Recovery recovery)
            throws Exception {
        try (EmrCliFixture emr = new EmrCliFixture(Files.createTempDirectory(directory, "at"))) {
            emr.aws().emr().listingLag(LISTING_LAG);
            emr.aws().emr().scriptClusters(name -> QUICK);
            before.accept(emr);
            if (tookEffect) {
                emr.aws().crashAfter(number);
            } else {
                emr.aws().crashBefore(number);
            }
            command.accept(emr);
            if (!emr.aws().isCrashed()) {
                return false;
            }
            String point = (tookEffect ? "after " : "before ")
                    + emr.aws().calls().all().stream()
                            .filter(call -> call.outcome().startsWith("crashed"))
                            .findFirst()
                            .orElseThrow();
            emr.aws().restartProcess();
            emr.aws().faults().clear();
            if (journalLost) {
                emr.deleteResourceJournals();
            }
            if (recovery == Recovery.CREATE_AGAIN) {
                CommandResult recreated = emr.create();
                if (recreated.code() != 0 && !recreated.err().contains("A cluster named 'demo' already exists")) {
                    failures.add("\n" + point + ": second create_cluster: " + recreated);
                }
            }
            CommandResult terminated = emr.terminate("--delete-bucket");
            check(emr, terminated, point + (journalLost ? ", journal lost" : ""));
            return true;
        }
    }

    private void check(EmrCliFixture emr, CommandResult terminated, String point) {
        List<String> remaining = emr.aws().remaining();
        List<String> changed = emr.aws().foreignChanges();
        int clusters = emr.createdClusterCount();
        boolean unexpected = !emr.aws().calls().unsupported().isEmpty()
                || !emr.aws().calls().defects().isEmpty();
        if (terminated.code() != 0 || !remaining.isEmpty() || !changed.isEmpty() || clusters > 1 || unexpected) {
            failures.add("\n" + point + ": exit " + terminated.code() + ", clusters " + clusters + ", remaining "
                    + remaining + ", changed " + changed + "\n" + terminated.err());
        }
    }
}
