package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.EmrCluster;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run -t emr}: a cluster for one run, which ends whatever becomes of the runner. */
final class EmrRunTest {
    @TempDir
    Path directory;

    private EmrPrompt emr;

    @BeforeEach
    void begin() {
        emr = new EmrPrompt(directory);
        Pipelines.laidOut(emr.prompt());
        emr.aws().emr().steps(name -> ends());
    }

    private StepScript ends() {
        return StepScript.completesAfter(Duration.ofSeconds(40)).doing(emr::write);
    }

    private static StepScript fails() {
        return StepScript.failsAfter(Duration.ofSeconds(40), "Application failed");
    }

    @AfterEach
    void end() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().unknown()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
        assertThat(emr.started()).doesNotHaveDuplicates();
        emr.close();
    }

    private EmrCluster cluster() {
        return emr.aws().look(() -> emr.aws().emr().clusters().get(0));
    }

    private static List<String> steps(Tree request) {
        return request.trees("Steps").stream()
                .map(step -> String.valueOf(step.text("Name")).replaceFirst("[^/]*/", "") + " "
                        + step.text("ActionOnFailure"))
                .toList();
    }

    @Test
    void putsAChainIntoTheRequestForItsClusterWhichEndsWithIt() {
        CommandResult said = emr.type("-a", "run", "-t", "emr");

        assertThat(said.code()).isZero();
        assertThat(said.out()).endsWith("Results: DIR/results/clouds/clouds\n");
        assertThat(said.err())
                .contains("it ends with its steps, whether anybody watches or not.\n")
                .containsPattern("words: running, 30 s; the cluster has cost about \\$0\\.0\\d so far\n");
        Tree request = cluster().request();
        assertThat(steps(request))
                .containsExactly(
                        "words/1 TERMINATE_CLUSTER", "counts/1 TERMINATE_CLUSTER", "clouds/1 TERMINATE_CLUSTER");
        assertThat(request.tree("Instances").truth("KeepJobFlowAliveWhenNoSteps"))
                .isFalse();
        assertThat(request.has("AutoTerminationPolicy")).isFalse();
        assertThat(emr.aws().calls().named("AddJobFlowSteps")).isEmpty();
        assertThat(emr.started()).hasSize(3);
    }

    @Test
    void endsAndKeepsTheResultsThoughTheRunnerDiesAtTheClustersBirth() {
        emr.aws().faults().add(Fault.slow(Duration.ZERO), Calls.where(call -> {
            boolean isThere = emr.aws().calls().named("RunJobFlow").stream()
                    .anyMatch(asked -> asked.outcome().equals("ok"));
            if (isThere && !emr.aws().isDead()) {
                emr.aws().dieBefore(1);
            }
            return false;
        }));
        emr.type("-a", "run", "-t", "emr");
        assertThat(emr.aws().isDead()).isTrue();
        emr.aws().faults().clear();
        emr.aws().revive();
        emr.aws().time().advance(Duration.ofHours(1));

        assertThat(emr.started()).hasSize(3);
        assertThat(cluster().state()).isEqualTo("TERMINATED");

        CommandResult executed =
                emr.type("-a", "execute_steps", "-idc", cluster().id());
        assertThat(executed.code()).isZero();
        assertThat(executed.out()).contains("clouds  done   40 s");
        assertThat(emr.type("-a", "fetch_output", "-idc", cluster().id()).out())
                .isEqualTo("DIR/results/clouds/clouds\n");
        emr.type("-a", "terminate_cluster", "-c", "clouds", "--yes");
        assertThat(emr.aws().remaining()).hasSize(1);
    }

    @Test
    void tellsOfAFailureWhatItTellsElsewhereAndEndsTheCluster() {
        emr.aws().emr().steps(name -> name.contains("/counts/") ? fails() : ends());

        CommandResult said = emr.type("-a", "run", "-t", "emr", "--no-logs");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).startsWith("""
                        STEP    STATE    ELAPSED  OUTPUT        WHERE
                        words   done     40 s     1 file, 10 B  s3://""").contains("""
                        counts  failed   40 s     –             Application failed
                        clouds  skipped  –        –             needs counts, which failed
                        """);
        assertThat(cluster().isGone()).isTrue();
        assertThat(emr.aws().remaining()).hasSize(1);
    }

    @Test
    void staysToWatchWhereAStepMayBeTriedAgain() {
        emr.prompt()
                .file(
                        "steps.json",
                        Pipelines.CLOUDS.replace("\"name\": \"counts\",", "\"name\": \"counts\", \"retries\": 1,"));

        CommandResult said = emr.type("-a", "run", "-t", "emr");

        assertThat(said.code()).isZero();
        assertThat(steps(cluster().request())).isEmpty();
        assertThat(cluster().request().tree("Instances").truth("KeepJobFlowAliveWhenNoSteps"))
                .isTrue();
        assertThat(cluster().request().has("AutoTerminationPolicy")).isTrue();
    }

    @Test
    void takesBackWhatWasMadeWhenTheStepsCannotBeMadeReady() {
        emr.aws().account().bucket("theirs");
        emr.aws().account().object("theirs", "words/part-0", "old");
        emr.prompt()
                .file(
                        "steps.json",
                        Pipelines.CLOUDS.replace(
                                "\"name\": \"counts\",",
                                "\"name\": \"counts\", \"output\": { \"uri\": \"s3://theirs/words\" },"));

        CommandResult said = emr.type("-a", "run", "-t", "emr");

        assertThat(said.code()).isEqualTo(4);
        assertThat(said.err())
                .contains(
                        "Step 'counts': its output's place holds somebody else's result. Set \"overwrite\": true in its"
                                + " output, or choose another uri.\nNothing of it is left.\n");
        assertThat(emr.clustersEver()).isZero();
        assertThat(emr.aws().remaining()).isEmpty();
    }
}
