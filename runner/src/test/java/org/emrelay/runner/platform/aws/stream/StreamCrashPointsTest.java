package org.emrelay.runner.platform.aws.stream;

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
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.CrashPoint;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.SimulatedCrash;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Crashes the process before and after every AWS call of a creation and a deletion. The next process must remove all resources, with and
 * without the journal, and touch nothing foreign.
 */
final class StreamCrashPointsTest {
    /** The crash points to try per test. */
    private static final int SAMPLE = 30;

    @RegisterExtension
    static final Sampling CRASHES = Sampling.of("crash points");

    @TempDir
    Path directory;

    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

    private record StreamCrash(CrashPoint point, boolean journalLost) {
        /** After a call that created something, the journal makes the difference. */
        String kind() {
            return point.kind() + (point.call().mutates() && point.tookEffect() && journalLost);
        }

        @Override
        public String toString() {
            return point + (journalLost ? ", journal lost" : "");
        }
    }

    @Test
    void leavesNothingWhereverACreationCrashes() throws Exception {
        crashEverywhere(fixture -> {}, StreamFixture::create, false);
    }

    @Test
    void leavesNothingWhereverADeletionCrashes() throws Exception {
        crashEverywhere(StreamFixture::create, fixture -> fixture.delete(true), false);
    }

    @Test
    void leavesNothingWhereverARollbackCrashes() throws Exception {
        crashEverywhere(
                fixture -> fixture.aws.faults().add(Fault.denied(), Calls.named("CreateDeliveryStream")),
                StreamFixture::create,
                false);
    }

    @Test
    void aCrashedCreationCanBeRepeated() throws Exception {
        crashEverywhere(fixture -> {}, StreamFixture::create, true);
    }

    private void crashEverywhere(Consumer<StreamFixture> before, Consumer<StreamFixture> command, boolean createsAgain)
            throws Exception {
        List<StreamCrash> crashes = new ArrayList<>();
        List<Call> calls = calls(before, command);
        assertThat(calls).hasSizeGreaterThanOrEqualTo(12);
        for (CrashPoint point : CrashPoint.of(calls)) {
            crashes.add(new StreamCrash(point, false));
            crashes.add(new StreamCrash(point, true));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (StreamCrash crash : CRASHES.choose(SAMPLE, crashes, StreamCrash::kind)) {
                results.add(threads.submit(() -> crash(crash, before, command, createsAgain)));
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

    /** The calls of the command if nothing crashes. */
    private List<Call> calls(Consumer<StreamFixture> before, Consumer<StreamFixture> command) throws Exception {
        try (StreamFixture fixture = start(before)) {
            fixture.aws.calls().clear();
            run(fixture, command);
            return fixture.aws.calls().all();
        }
    }

    /** With resources that are named as a stream's, but belong to others. */
    private StreamFixture start(Consumer<StreamFixture> before) throws Exception {
        StreamFixture fixture = new StreamFixture(Files.createTempDirectory(directory, "at"));
        fixture.aws.account().deliveryStream("emrelay-bb26934c-us-east-1-other");
        fixture.aws.account().logGroup("/aws/kinesisfirehose/emrelay-bb26934c-us-east-1-other");
        fixture.aws.account().role("emrelay-bb26934c-us-east-1-launches-service");
        fixture.aws.account().bucket("emrelay-123456789012-us-east-1-bb26934c-launches");
        before.accept(fixture);
        return fixture;
    }

    private static void run(StreamFixture fixture, Consumer<StreamFixture> command) {
        try {
            command.accept(fixture);
        } catch (RuntimeException | SimulatedCrash failed) {
            // As the crash or the injected fault has it.
        }
    }

    /** Returns false if the command makes fewer calls this time. */
    private boolean crash(
            StreamCrash crash, Consumer<StreamFixture> before, Consumer<StreamFixture> command, boolean createsAgain)
            throws Exception {
        try (StreamFixture fixture = start(before)) {
            // A journal is not lost within seconds.
            fixture.aws.iam().setReadLag(crash.journalLost ? Duration.ZERO : Duration.ofSeconds(3));
            fixture.aws.crashAt(crash.point);
            run(fixture, command);
            if (!fixture.aws.isCrashed()) {
                return false;
            }
            fixture.aws.restartProcess();
            fixture.aws.faults().clear();
            if (crash.journalLost) {
                fixture.deleteJournal();
            }
            if (createsAgain) {
                createAgain(fixture, crash);
            }
            check(fixture, fixture.delete(true), crash);
            return true;
        }
    }

    private void createAgain(StreamFixture fixture, StreamCrash crash) {
        try {
            fixture.create();
        } catch (RefusedException exists) {
            // Its delivery stream is created last, so it is complete.
        } catch (RuntimeException failed) {
            failures.add("\n" + crash + ": second create_stream: " + failed.getMessage());
        }
        int streams = fixture.aws.inspect(() -> fixture.aws.firehose().streams().size());
        if (streams != 2) {
            failures.add("\n" + crash + ": " + streams + " delivery streams");
        }
    }

    private void check(StreamFixture fixture, DeletionOutcome deleted, StreamCrash crash) {
        List<String> remaining = fixture.aws.remaining();
        List<String> changed = fixture.aws.foreignChanges();
        boolean unexpected = !fixture.aws.calls().unsupported().isEmpty()
                || !fixture.aws.calls().defects().isEmpty();
        if (!deleted.isComplete() || !remaining.isEmpty() || !changed.isEmpty() || unexpected) {
            failures.add("\n" + crash + ": " + deleted.failures() + ", remaining " + remaining + ", changed " + changed
                    + (unexpected ? "\n" + fixture.aws.calls().text() : ""));
        }
    }
}
