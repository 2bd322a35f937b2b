package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.FakeCluster;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run -t emr}: a cluster for one run, which terminates even if the runner dies. */
final class EmrRunTest {
    @TempDir
    Path directory;

    private EmrCliFixture emr;

    @BeforeEach
    void setUp() {
        emr = new EmrCliFixture(directory);
        SampleFiles.writeTo(emr.cli());
        emr.aws().emr().scriptSteps(name -> succeeding());
    }

    private StepScript succeeding() {
        return StepScript.completesAfter(Duration.ofSeconds(40)).withProgram(emr::writeOutput);
    }

    private static StepScript failing() {
        return StepScript.failsAfter(Duration.ofSeconds(40), "Application failed");
    }

    @AfterEach
    void tearDown() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().unsupported()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
        assertThat(emr.startedAttempts()).doesNotHaveDuplicates();
        emr.close();
    }

    private FakeCluster cluster() {
        return emr.aws().inspect(() -> emr.aws().emr().clusters().get(0));
    }

    private static List<String> steps(Tree request) {
        return request.trees("Steps").stream()
                .map(step -> String.valueOf(step.text("Name")).replaceFirst("[^/]*/", "") + " "
                        + step.text("ActionOnFailure"))
                .toList();
    }

    @Test
    void refusesToOverwriteTheUsersFilesBeforeAClusterIsCreated() {
        emr.cli().file("results/clouds/clouds/_SUCCESS", "mine").file("results/clouds/notes.txt", "mine");

        CommandResult result = emr.run("-a", "run", "-t", "emr");

        assertThat(result)
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "The results would overwrite 1 file in DIR/results/clouds: clouds/_SUCCESS (not created by"
                                + " Emrelay). Move them away, pass another directory with --to, or pass"
                                + " --overwrite-results.\n"));
        assertThat(emr.aws().inspect(() -> emr.aws().emr().clusters())).isEmpty();
        assertThat(emr.run("-a", "run", "-t", "emr", "--overwrite-results").code())
                .isZero();
        assertThat(emr.cli().text("results/clouds/notes.txt")).isEqualTo("mine");
    }

    @Test
    void fetchOutputKeepsAnEditedFileFromEmr() {
        emr.run("-a", "run", "-t", "emr");
        String part = "results/clouds/clouds/part-00000.csv";
        String fetched = emr.cli().text(part);
        emr.cli().file(part, "edited");

        CommandResult result = emr.run("-a", "fetch_output", "-idc", cluster().id());

        assertThat(result)
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "The results would overwrite 1 file in DIR/results/clouds: clouds/part-00000.csv (edited since"
                                + " it was fetched). Move them away, pass another directory with --to, or pass"
                                + " --overwrite-results.\n"));
        assertThat(emr.cli().text(part)).isEqualTo("edited");
        assertThat(emr.run("-a", "fetch_output", "-idc", cluster().id(), "--overwrite-results")
                        .code())
                .isZero();
        assertThat(emr.cli().text(part)).isEqualTo(fetched);
    }

    @Test
    void submitsAChainWithTheClusterWhichThenTerminates() {
        CommandResult result = emr.run("-a", "run", "-t", "emr");

        assertThat(result.code()).isZero();
        assertThat(result.out()).endsWith("""
                        Results: DIR/results/clouds/clouds
                        Report: file://DIR/results/clouds/report.html
                        """);
        assertThat(result.err())
                .contains("it terminates after its steps, even without this runner.\n")
                .containsPattern("words: running, 30 s; the cluster has cost about \\$0\\.0\\d so far\n");
        Tree request = cluster().request();
        assertThat(steps(request))
                .containsExactly(
                        "words/1 TERMINATE_CLUSTER", "counts/1 TERMINATE_CLUSTER", "clouds/1 TERMINATE_CLUSTER");
        assertThat(request.tree("Instances").isTrue("KeepJobFlowAliveWhenNoSteps"))
                .isFalse();
        assertThat(request.has("AutoTerminationPolicy")).isFalse();
        assertThat(emr.aws().calls().named("AddJobFlowSteps")).isEmpty();
        assertThat(emr.startedAttempts()).hasSize(3);
    }

    @Test
    void theDefaultClusterRunsNoDriverOnASpotInstance() {
        emr.run("-a", "run", "-t", "emr");

        assertThat(emr.aws().inspect(() -> emr.aws().emr().yarn().driverFleets()))
                .containsExactly("CORE");
    }

    @Test
    void readsAnInputInAnotherRegion() {
        emr.aws().account().bucketIn("eu-west-1", "books-in-europe");
        emr.aws().account().object("books-in-europe", "titles.csv", "title\nEmma\n");
        emr.cli()
                .file(
                        "steps.json",
                        SampleFiles.CLOUDS.replace(
                                "\"name\": \"counts\", \"inputs\": {",
                                "\"name\": \"counts\", \"inputs\": { \"authors\":"
                                        + " \"s3://books-in-europe/titles.csv\","));

        CommandResult result = emr.run("-a", "run", "-t", "emr");

        assertThat(result.code()).isZero();
        assertThat(cluster().request().trees("Configurations").stream()
                        .filter(each -> each.text("Classification", "").equals("core-site"))
                        .map(each -> each.tree("Properties").text("fs.s3a.endpoint.region")))
                .containsExactly("us-east-1");
    }

    @Test
    void completesEvenIfTheRunnerDiesAfterCreation() {
        emr.aws().faults().add(Fault.requestDelayed(Duration.ZERO), Calls.where(call -> {
            boolean created = emr.aws().calls().named("RunJobFlow").stream()
                    .anyMatch(request -> request.outcome().equals("ok"));
            if (created && !emr.aws().isCrashed()) {
                emr.aws().crashBefore(1);
            }
            return false;
        }));
        emr.run("-a", "run", "-t", "emr");
        assertThat(emr.aws().isCrashed()).isTrue();
        emr.aws().faults().clear();
        emr.aws().restartProcess();
        emr.aws().clock().advance(Duration.ofHours(1));

        assertThat(emr.startedAttempts()).hasSize(3);
        assertThat(cluster().state()).isEqualTo("TERMINATED");

        CommandResult executed =
                emr.run("-a", "execute_steps", "-idc", cluster().id());
        assertThat(executed.code()).isZero();
        assertThat(executed.out()).contains("clouds  done   40 s");
        assertThat(emr.run("-a", "fetch_output", "-idc", cluster().id()).out())
                .isEqualTo("DIR/results/clouds/clouds\n");
        emr.run("-a", "terminate_cluster", "-c", "clouds", "--yes");
        assertThat(emr.aws().remaining()).hasSize(1);
    }

    @Test
    void reportsAFailureAndTerminatesTheCluster() {
        emr.aws().emr().scriptSteps(name -> name.contains("/counts/") ? failing() : succeeding());

        CommandResult result = emr.run("-a", "run", "-t", "emr", "--no-logs");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).startsWith("""
                        STEP    STATE    ELAPSED  COST   OUTPUT        WHERE
                        words   done     40 s     $0.01  1 file, 10 B  s3://""").contains("""
                        counts  failed   40 s     $0.01  –             Application failed
                        clouds  skipped  –        –      –             needs counts, which failed

                        The cluster has cost $0.09: steps $0.02, start-up $0.05, idle $0.00, shutdown $0.02.
                        """);
        assertThat(cluster().isTerminated()).isTrue();
        assertThat(emr.aws().remaining()).hasSize(1);
    }

    @Test
    void staysAttachedWhenAStepMayBeRetried() {
        emr.cli()
                .file(
                        "steps.json",
                        SampleFiles.CLOUDS.replace("\"name\": \"counts\",", "\"name\": \"counts\", \"retries\": 1,"));

        CommandResult result = emr.run("-a", "run", "-t", "emr");

        assertThat(result.code()).isZero();
        assertThat(steps(cluster().request())).isEmpty();
        assertThat(cluster().request().tree("Instances").isTrue("KeepJobFlowAliveWhenNoSteps"))
                .isTrue();
        assertThat(cluster().request().has("AutoTerminationPolicy")).isTrue();
    }

    @Test
    void rollsBackWhenTheStepsCannotBePrepared() {
        emr.aws().account().bucket("theirs");
        emr.aws().account().object("theirs", "words/part-0", "old");
        emr.cli()
                .file(
                        "steps.json",
                        SampleFiles.CLOUDS.replace(
                                "\"name\": \"counts\",",
                                "\"name\": \"counts\", \"output\": { \"uri\": \"s3://theirs/words\" },"));

        CommandResult result = emr.run("-a", "run", "-t", "emr");

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err())
                .contains(
                        "Step 'counts': its output would overwrite existing data at s3://theirs/words (1 file: part-0). Set"
                                + " \"overwrite\": true in its output to replace results of Emrelay, \"any\" to replace all"
                                + " data, or choose another uri.\nRolled back: all created resources were deleted.\n");
        assertThat(emr.createdClusterCount()).isZero();
        assertThat(emr.aws().remaining()).isEmpty();
    }
}
