package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong between here and AWS, and on the cluster, while steps run: a run bears it, or ends with what a person can act upon, and goes on from there. */
final class EmrStepsFaultsTest {
    private static final String TRACE = """
            Exception in thread "main" java.lang.IllegalArgumentException: no column 'title' in s3://books/titles.csv
            \tat org.example.Words.main(Words.java:17)
            """;

    @TempDir
    Path directory;

    private final List<String> wrong = new ArrayList<>();

    @AfterEach
    void nothingWentWrong() {
        assertThat(wrong).isEmpty();
    }

    private EmrStepsPrompt begin() throws Exception {
        return new EmrStepsPrompt(Files.createTempDirectory(directory, "at"));
    }

    @Test
    void bearsThatHalfOfAllCallsAreThrottled() throws Exception {
        try (EmrStepsPrompt emr = begin()) {
            for (int seed = 1; seed <= 3; seed++) {
                emr.withNewFiles()
                        .aws()
                        .faults()
                        .add(Fault.throttled(), Calls.all().withProbability(0.5, seed));

                expectWholeLife("throttled " + seed, emr);
            }
        }
    }

    @Test
    void bearsTheQuotasOfAnAccount() throws Exception {
        try (EmrStepsPrompt emr = begin()) {
            for (int round = 1; round <= 3; round++) {
                emr.withNewFiles().aws().faults().throttleByEmrQuotas();

                expectWholeLife("quotas " + round, emr);
            }
        }
    }

    /** AddJobFlowSteps of which no answer came is looked for and never sent again: the steps then are tried anew, under other names. */
    @Test
    void bearsAStormOfEverything() throws Exception {
        try (EmrStepsPrompt emr = begin()) {
            for (int seed = 1; seed <= 4; seed++) {
                int kind = 0;
                for (Fault fault : List.of(
                        Fault.throttled(),
                        Fault.internalError(),
                        Fault.unavailable(),
                        Fault.requestLost(),
                        Fault.answerLost(),
                        Fault.answerCut(),
                        Fault.slow(Duration.ofSeconds(20)),
                        Fault.slowAnswer(Duration.ofSeconds(20)))) {
                    emr.aws().faults().add(fault, Calls.all().withProbability(0.06, seed * 100L + kind++));
                }
                emr.withNewFiles();
                expectWholeLife("storm " + seed, emr);
            }
        }
    }

    @Test
    void bearsThatAnyKindOfCallFailsOnceOrItsAnswerIsLost() throws Exception {
        for (Fault fault : List.of(
                Fault.throttled(), Fault.internalError(), Fault.requestLost(), Fault.answerLost(), Fault.answerCut())) {
            try (EmrStepsPrompt emr = begin()) {
                emr.withNewFiles();
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
                expectWholeLife("once", emr);
            }
        }
    }

    /** What was done before stays, and can still be looked at and collected. */
    @Test
    void saysThatTheClusterEndedInTheMiddle() throws Exception {
        try (EmrStepsPrompt emr = begin()) {
            String run = emr.add().out().strip();
            emr.terminatedOutsideWhen("/counts/");

            CommandResult executed = emr.execute();

            String ended = "the cluster " + emr.cluster() + " ended: USER_REQUEST: Terminated by user request\n";
            expect("ended", executed, 1, "counts: lost: the cluster " + emr.cluster() + " ended: USER_REQUEST");
            assertThat(executed.out())
                    .contains("\ncounts failed 2 times: " + ended, "\nclouds failed 2 times: " + ended)
                    .doesNotContain("words failed");
            assertThat(emr.started(run)).containsExactly("words/1", "counts/1");
            CommandResult listed = emr.type("-a", "list_steps", "--output", "json", "-idc", emr.cluster());
            expect("ended", listed, 0, "");
            assertThat(EmrStepsPrompt.states(listed)).containsExactly("done", "failed", "failed");
            expect("ended", emr.type("-a", "fetch_output", "words", "-idc", emr.cluster()), 0, "");
            assertThat(emr.fetched()).containsEntry("words/part-00000.csv", EmrStepsPrompt.part("words", 0));
            assertThat(emr.execute())
                    .isEqualTo(new CommandResult(
                            5,
                            "",
                            "No cluster of this workspace is up on EMR. Make one with -a create_cluster -c NAME; one that"
                                    + " has ended is named by -c NAME or -idc j-XXX.\n"));
            assertThat(emr.strange()).isEmpty();
        }
    }

    @Test
    void tellsTheCauseOfAFailureWhoseLogsComeMinutesLate() throws Exception {
        try (EmrStepsPrompt emr = failing(Duration.ofMinutes(4))) {
            CommandResult executed = emr.execute();

            expect("late", executed, 1, "Waiting for the logs of step s-");
            expect("late", executed, 1, ": at most 4 min 30 s more (--no-logs does not)\n");
            assertThat(executed.out())
                    .contains(
                            "\nwords failed: Application failed\n  Probable cause: java.lang.IllegalArgumentException:"
                                    + " no column 'title' in s3://books/titles.csv (lines 1–2 of s3://")
                    .contains("/stderr.gz)\n");
            assertThat(EmrStepsPrompt.states(emr.list())).containsExactly("failed", "skipped", "skipped");
        }
    }

    @Test
    void saysWhereLogsWouldBeThatNeverCome() throws Exception {
        try (EmrStepsPrompt emr = failing(Duration.ofDays(1))) {
            CommandResult executed = emr.execute();

            expect("never", executed, 1, ": at most 30 s more (--no-logs does not)\n");
            assertThat(executed.out())
                    .contains("\nwords failed: Application failed\n  Log: s3://")
                    .doesNotContain("Probable cause");
            assertThat(emr.type("-a", "logs").out())
                    .contains("\nNothing of the log of step 'words' is at s3://")
                    .endsWith(" yet: EMR ships logs every five minutes, and some minutes after the end.\n");
        }
    }

    /** Its first step fails, and EMR ships logs after this time. */
    private EmrStepsPrompt failing(Duration logsAfter) throws Exception {
        EmrStepsPrompt emr = new EmrStepsPrompt(
                Files.createTempDirectory(directory, "at"), EmrStepsPrompt.QUICK.withLogsAfter(logsAfter));
        emr.aws()
                .emr()
                .steps(name -> StepScript.failsAfter(Duration.ofSeconds(20), "Application failed")
                        .withLog("stderr", TRACE));
        emr.add();
        return emr;
    }

    @Test
    void endsWithOneSentenceWhereverCredentialsExpireAndGoesOnWithNewOnes() throws Exception {
        try (EmrStepsPrompt emr = begin()) {
            boolean dies = true;
            for (int number = 0; dies; number += 3) {
                String run = emr.add().out().strip();
                emr.aws().faults().add(Fault.expiredCredentials(), Calls.all().after(number));
                CommandResult executed = emr.execute();
                CommandResult fetched = emr.fetch();
                dies = fetched.code() != 0;
                if (executed.code() != 0) {
                    expect("execute after " + number, executed, 4, "Renew your credentials");
                }
                if (dies) {
                    expect("fetch after " + number, fetched, 4, "Renew your credentials");
                }
                emr.aws().faults().clear();
                expect("execute after " + number, emr.execute(), 0, "");
                expectEnd("after " + number, emr, run);
            }
        }
    }

    private void expectWholeLife(String point, EmrStepsPrompt emr) {
        CommandResult added = emr.add();
        expect(point, added, 0, "");
        expect(point, emr.execute(), 0, "");
        expectEnd(point, emr, added.out().strip());
    }

    private void expectEnd(String point, EmrStepsPrompt emr, String run) {
        emr.removeResults();
        expect(point, emr.fetch(), 0, "");
        CommandResult listed = emr.list();
        expect(point, listed, 0, "");
        emr.aws().faults().clear();
        if (!EmrStepsPrompt.states(listed).equals(List.of("done", "done", "done"))
                || !emr.startedOnce(run)
                || !emr.fetched().equals(EmrStepsPrompt.WHOLE)
                || !emr.strange().isEmpty()) {
            wrong.add("\n" + point + ": " + EmrStepsPrompt.states(listed) + emr.started(run)
                    + emr.fetched().keySet() + emr.strange());
        }
    }

    private void expect(String point, CommandResult said, int code, String words) {
        if (said.code() != code
                || !said.err().contains(words)
                || said.err().contains("bug of the runner")
                || said.err().contains("\tat ")) {
            wrong.add("\n" + point + ": " + said);
        }
    }
}
