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
import java.util.function.Consumer;
import org.emrelay.runner.Sampling;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.CrashPoint;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.ClusterScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Crashes the process before and after every AWS call of a command. The next process must remove all resources,
 * with and without the journal.
 */
final class EmrCrashPointsTest {
    /** The crash points to try per test. */
    private static final int SAMPLE = 40;

    @RegisterExtension
    static final Sampling CRASHES = Sampling.of("crash points");

    /** All phases, but few polls in each: every poll while a cluster starts is the same. */
    private static final ClusterScript QUICK =
            ClusterScript.typical().withPhases(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(20));

    /** How long ListClusters does not show a new cluster. */
    private static final Duration LISTING_LAG = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

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
        List<Call> calls = calls(before, command);
        assertThat(calls).hasSizeGreaterThanOrEqualTo(25);
        List<Crash> crashes = new ArrayList<>();
        for (CrashPoint point : CrashPoint.of(calls)) {
            crashes.add(new Crash(point, false));
            crashes.add(new Crash(point, true));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (Crash crash : CRASHES.choose(SAMPLE, crashes, Crash::kind)) {
                results.add(threads.submit(() -> crash(crash, before, command, recovery)));
            }
            int crashed = 0;
            for (Future<Boolean> result : results) {
                crashed += result.get() ? 1 : 0;
            }
            // Only the number of polls differs from run to run.
            assertThat(crashed).isGreaterThan(results.size() * 3 / 4);
        } finally {
            threads.shutdown();
        }
        assertThat(failures).isEmpty();
    }

    private record Crash(CrashPoint point, boolean journalLost) {
        /** After a call that created something, the journal makes the difference. */
        String kind() {
            return point.kind() + (point.call().mutates() && point.tookEffect() && journalLost);
        }

        @Override
        public String toString() {
            return point + (journalLost ? ", journal lost" : "");
        }
    }

    /** The calls of the command if nothing crashes. */
    private List<Call> calls(Consumer<EmrCliFixture> before, Consumer<EmrCliFixture> command) throws Exception {
        try (EmrCliFixture emr = start(before)) {
            emr.aws().calls().clear();
            command.accept(emr);
            return emr.aws().calls().all();
        }
    }

    private EmrCliFixture start(Consumer<EmrCliFixture> before) throws Exception {
        EmrCliFixture emr = new EmrCliFixture(Files.createTempDirectory(directory, "at"));
        emr.aws().emr().listingLag(LISTING_LAG);
        emr.aws().emr().scriptClusters(name -> QUICK);
        before.accept(emr);
        return emr;
    }

    /** Returns false if the command makes fewer calls this time. */
    private boolean crash(
            Crash crash, Consumer<EmrCliFixture> before, Consumer<EmrCliFixture> command, Recovery recovery)
            throws Exception {
        try (EmrCliFixture emr = start(before)) {
            emr.aws().crashAt(crash.point);
            command.accept(emr);
            if (!emr.aws().isCrashed()) {
                return false;
            }
            emr.aws().restartProcess();
            emr.aws().faults().clear();
            if (crash.journalLost) {
                emr.deleteResourceJournals();
            }
            if (recovery == Recovery.CREATE_AGAIN) {
                CommandResult recreated = emr.create();
                if (recreated.code() != 0 && !recreated.err().contains("A cluster named 'demo' already exists")) {
                    failures.add("\n" + crash + ": second create_cluster: " + recreated);
                }
            }
            CommandResult terminated = emr.terminate("--delete-bucket");
            check(emr, terminated, crash.toString());
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
