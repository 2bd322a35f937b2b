package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.runner.Sampling;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Injects faults between the runner and AWS, and on the cluster, while steps run. A run survives them, or ends
 * with an actionable message and can be resumed.
 */
final class EmrStepsFaultsTest {
    private static final String TRACE = """
        Exception in thread "main" java.lang.IllegalArgumentException: no column 'title' in s3://books/titles.csv
        \tat org.example.Words.main(Words.java:17)
        """;

    @TempDir
    Path directory;

    @RegisterExtension
    static final Sampling RUNS = Sampling.of("faulty runs of steps");

    private final List<String> failures = new ArrayList<>();

    @AfterEach
    void assertNoFailures() {
        assertThat(failures).isEmpty();
    }

    private EmrStepsCliFixture start() throws Exception {
        return new EmrStepsCliFixture(Files.createTempDirectory(directory, "at"));
    }

    @Test
    void survivesThrottlingOfHalfOfAllCalls() throws Exception {
        try (EmrStepsCliFixture emr = start()) {
            for (int seed : RUNS.choose(2, List.of(1, 2, 3))) {
                emr.withNewInputs()
                        .aws()
                        .faults()
                        .add(Fault.throttled(), Calls.all().withProbability(0.5, seed));

                expectRunAndFetch("throttled " + seed, emr);
            }
        }
    }

    @Test
    void survivesTheRateLimitsOfAnAccount() throws Exception {
        try (EmrStepsCliFixture emr = start()) {
            for (int round = 1; round <= 3; round++) {
                emr.withNewInputs().aws().faults().enforceEmrRateLimits();

                expectRunAndFetch("quotas " + round, emr);
            }
        }
    }

    /** The runner looks for the steps of an AddJobFlowSteps call without a response and never repeats the call. Lost steps are retried under new names. */
    @Test
    void survivesAStormOfFaults() throws Exception {
        try (EmrStepsCliFixture emr = start()) {
            for (int seed : RUNS.choose(2, List.of(1, 2, 3, 4))) {
                int faultIndex = 0;
                for (Fault fault : List.of(
                        Fault.throttled(),
                        Fault.internalError(),
                        Fault.unavailable(),
                        Fault.requestLost(),
                        Fault.responseLost(),
                        Fault.responseTruncated(),
                        Fault.requestDelayed(Duration.ofSeconds(20)),
                        Fault.responseDelayed(Duration.ofSeconds(20)))) {
                    emr.aws().faults().add(fault, Calls.all().withProbability(0.06, seed * 100L + faultIndex++));
                }
                emr.withNewInputs();
                expectRunAndFetch("storm " + seed, emr);
            }
        }
    }

    @Test
    void survivesOneFaultOfEachKindOfCall() throws Exception {
        for (Fault fault : List.of(
                Fault.throttled(),
                Fault.internalError(),
                Fault.requestLost(),
                Fault.responseLost(),
                Fault.responseTruncated())) {
            try (EmrStepsCliFixture emr = start()) {
                emr.withNewInputs();
                for (String operation : List.of(
                        "AddJobFlowSteps",
                        "ListSteps",
                        "ListClusters",
                        "DescribeCluster",
                        "PutObject",
                        "GetObject",
                        "HeadObject",
                        "ListObjectsV2",
                        "PutRolePolicy")) {
                    emr.aws().faults().add(fault, Calls.named(operation).first(1));
                }
                expectRunAndFetch("once", emr);
            }
        }
    }

    /** Finished steps can still be listed and fetched. */
    @Test
    void reportsATerminatedCluster() throws Exception {
        try (EmrStepsCliFixture emr = start()) {
            String run = emr.add().out().strip();
            emr.terminateExternallyOnStartOf("/counts/");

            CommandResult executed = emr.execute();

            String ended = "cluster " + emr.cluster() + " terminated: USER_REQUEST: Terminated by user request\n";
            expect("ended", executed, 1, "counts: lost: cluster " + emr.cluster() + " terminated: USER_REQUEST");
            assertThat(executed.out())
                    .contains("\ncounts failed 2 times: " + ended, "\nclouds failed 2 times: " + ended)
                    .doesNotContain("words failed");
            assertThat(emr.startedAttempts(run)).containsExactly("words/1", "counts/1");
            CommandResult listed = emr.run("-a", "list_steps", "--output", "json", "-idc", emr.cluster());
            expect("ended", listed, 0, "");
            assertThat(EmrStepsCliFixture.states(listed)).containsExactly("done", "failed", "failed");
            expect("ended", emr.run("-a", "fetch_output", "words", "-idc", emr.cluster()), 0, "");
            assertThat(emr.fetchedFiles()).containsEntry("words/part-00000.csv", EmrStepsCliFixture.part("words", 0));
            assertThat(emr.execute())
                    .isEqualTo(new CommandResult(
                            5,
                            "",
                            "No EMR cluster of this workspace is up. Select one that has ended with -c NAME or -idc j-XXX,"
                                    + " or create one: runner.sh -a create_cluster -c NAME\n"));
            assertThat(emr.violations()).isEmpty();
        }
    }

    @Test
    void reportsTheCauseOfAFailureFromLateLogs() throws Exception {
        try (EmrStepsCliFixture emr = failing(Duration.ofMinutes(4))) {
            CommandResult executed = emr.execute();

            expect("late", executed, 1, "Waiting for the logs of step s-");
            expect("late", executed, 1, ", at most 4 min 30 s (skip with --no-logs)\n");
            assertThat(executed.out())
                    .contains(
                            "\nwords failed: Application failed\n  Probable cause: java.lang.IllegalArgumentException:"
                                    + " no column 'title' in s3://books/titles.csv (lines 1–2 of s3://")
                    .contains("/stderr.gz)\n");
            assertThat(EmrStepsCliFixture.states(emr.list())).containsExactly("failed", "skipped", "skipped");
        }
    }

    @Test
    void reportsTheLocationOfLogsThatNeverArrive() throws Exception {
        try (EmrStepsCliFixture emr = failing(Duration.ofDays(1))) {
            CommandResult executed = emr.execute();

            expect("never", executed, 1, ", at most 30 s (skip with --no-logs)\n");
            assertThat(executed.out())
                    .contains("\nwords failed: Application failed\n  Log: s3://")
                    .doesNotContain("Probable cause");
            assertThat(emr.run("-a", "logs").out())
                    .contains("\nNo log of step 'words' at s3://")
                    .endsWith(" yet: EMR ships logs every five minutes, and some minutes after a step has ended.\n");
        }
    }

    /** A pipeline whose first step fails and whose logs EMR ships after a delay. */
    private EmrStepsCliFixture failing(Duration logDelay) throws Exception {
        EmrStepsCliFixture emr = new EmrStepsCliFixture(
                Files.createTempDirectory(directory, "at"),
                EmrStepsCliFixture.FAST_STARTING_CLUSTER.withLogDelay(logDelay));
        emr.aws()
                .emr()
                .scriptSteps(name -> StepScript.failsAfter(Duration.ofSeconds(20), "Application failed")
                        .withLog("stderr", TRACE));
        emr.add();
        return emr;
    }

    @Test
    void failsCleanlyWhereverCredentialsExpireAndResumesWithNewOnes() throws Exception {
        try (EmrStepsCliFixture emr = start()) {
            emr.add();
            emr.aws().calls().clear();
            emr.execute();
            emr.fetch();
            int calls = emr.aws().calls().count();
            List<Integer> numbers = IntStream.iterate(0, number -> number < calls + 3, number -> number + 3)
                    .boxed()
                    .toList();
            for (int number : RUNS.choose(8, numbers, each -> each / 10)) {
                String run = emr.add().out().strip();
                emr.aws().faults().add(Fault.expiredCredentials(), Calls.all().after(number));
                CommandResult executed = emr.execute();
                CommandResult fetched = emr.fetch();
                if (executed.code() != 0) {
                    expect("execute after " + number, executed, 4, "Refresh your credentials");
                }
                if (fetched.code() != 0) {
                    expect("fetch after " + number, fetched, 4, "Refresh your credentials");
                }
                emr.aws().faults().clear();
                expect("execute after " + number, emr.execute(), 0, "");
                expectFetched("after " + number, emr, run);
            }
        }
    }

    private void expectRunAndFetch(String point, EmrStepsCliFixture emr) {
        CommandResult added = emr.add();
        expect(point, added, 0, "");
        expect(point, emr.execute(), 0, "");
        expectFetched(point, emr, added.out().strip());
    }

    private void expectFetched(String point, EmrStepsCliFixture emr, String run) {
        emr.deleteResults();
        expect(point, emr.fetch(), 0, "");
        CommandResult listed = emr.list();
        expect(point, listed, 0, "");
        emr.aws().faults().clear();
        if (!EmrStepsCliFixture.states(listed).equals(List.of("done", "done", "done"))
                || !emr.eachStepStartedOnce(run)
                || !emr.fetchedFiles().equals(EmrStepsCliFixture.COMPLETE_RESULTS)
                || !emr.violations().isEmpty()) {
            failures.add("\n" + point + ": " + EmrStepsCliFixture.states(listed) + emr.startedAttempts(run)
                    + emr.fetchedFiles().keySet() + emr.violations());
        }
    }

    private void expect(String point, CommandResult result, int code, String text) {
        if (result.code() != code
                || !result.err().contains(text)
                || result.err().contains("runner: internal error")
                || result.err().contains("\tat ")) {
            failures.add("\n" + point + ": " + result);
        }
    }
}
