package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on EMR whose clusters have ended: listed, inspected and fetched. */
final class EmrEarlierRunsTest {
    @TempDir
    Path directory;

    private EmrStepsCliFixture emr;

    @BeforeEach
    void setUp() {
        emr = new EmrStepsCliFixture(directory);
    }

    @AfterEach
    void tearDown() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().unsupported()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
        emr.close();
    }

    private String executeOn(String cluster) {
        String run = emr.run("-a", "add_steps", "-c", cluster).out().strip();
        assertThat(emr.run("-a", "execute_steps", "-c", cluster).code()).isZero();
        assertThat(emr.run("-a", "terminate_cluster", "-c", cluster, "--yes").code())
                .isZero();
        return run;
    }

    private String create(String cluster) {
        return emr.run("-a", "create_cluster", "-c", cluster).out().strip();
    }

    @Test
    void theNewestRunOfAllBucketsNeedsNoLiveCluster() {
        String demo = executeOn("demo");
        String other = create("other");
        String newest = executeOn("other");

        CommandResult steps = emr.run("-a", "list_steps");
        assertThat(steps.code()).as(steps.err()).isZero();
        assertThat(steps.out()).startsWith("Run " + newest + " of clouds on " + other + ":\n");
        assertThat(emr.run("-a", "list_steps", "--run", demo).out())
                .startsWith("Run " + demo + " of clouds on " + emr.cluster() + ":\n");
        assertThat(emr.run("-a", "logs", "--run", demo).code()).isZero();
        assertThat(emr.run("-a", "fetch_output", "--run", demo))
                .isEqualTo(new CommandResult(
                        0,
                        "DIR/results/clouds/clouds\n",
                        emr.run("-a", "fetch_output", "--run", demo).err()));
    }

    @Test
    void listsTheRunsOfAllBuckets() {
        String demo = executeOn("demo");
        String other = create("other");
        String newest = executeOn("other");

        CommandResult runs = emr.run("-a", "list_runs");

        assertThat(runs.code()).as(runs.err()).isZero();
        assertThat(runs.err()).isEmpty();
        assertThat(runs.out()
                        .lines()
                        .map(line -> line.replaceAll("20\\d\\d-\\S+", "TIME")
                                .replaceAll("\\d\\d s", "NN s")
                                .replaceAll("\\$0\\.0[1-9]", "\\$X")))
                .containsExactly(
                        "RUN                   PIPELINE  STATUS  STARTED               LENGTH  SIZE  COST         PARAMETERS",
                        newest + "  clouds    done    TIME  NN s    –     about $X",
                        demo + "  clouds    done    TIME  NN s    –     about $X");
        assertThat(emr.run("-a", "list_runs", "-c", "demo").out())
                .contains(demo)
                .doesNotContain(newest);
        assertThat(emr.run("-a", "list_runs", "-idc", other).out())
                .contains(newest)
                .doesNotContain(demo);
    }

    @Test
    void localRunsAreListedWithoutAccessToAws() {
        executeOn("demo");
        emr.run("-a", "create_cluster", "-t", "local", "-c", "here");
        String here = emr.run("-a", "add_steps", "-t", "local").out().strip();
        emr.aws()
                .faults()
                .add(Fault.denied(), Calls.where(call -> call.operation().equals("ListClusters")));

        CommandResult runs = emr.run("-a", "list_runs");

        assertThat(runs.code()).isEqualTo(4);
        assertThat(runs.out()).contains(here + "  clouds    waiting  ");
        assertThat(runs.err()).contains("ListClusters");
        assertThat(emr.run("-a", "list_runs", "-t", "emr").out()).isEmpty();
        emr.aws().faults().clear();
    }

    @Test
    void aDeletedBucketDoesNotHideTheOthers() {
        String demo = executeOn("demo");
        create("other");
        String deleted = executeOn("other");
        emr.run("-a", "terminate_cluster", "-c", "other", "--delete-bucket", "--yes");

        assertThat(emr.run("-a", "list_runs").out()).contains(demo).doesNotContain(deleted);
        assertThat(emr.run("-a", "list_steps").out()).startsWith("Run " + demo + " of clouds on ");
    }

    @Test
    void runsOutliveTheClustersThatEmrRemembers() {
        String demo = executeOn("demo");
        emr.aws().inspect(() -> {
            emr.aws().emr().forgetEndedClusters();
            return true;
        });

        CommandResult steps = emr.run("-a", "list_steps");

        assertThat(steps.err()).isEmpty();
        assertThat(steps.out()).startsWith("Run " + demo + " of clouds on " + emr.cluster() + ":\n");
        assertThat(emr.run("-a", "list_runs").out()).contains(demo + "  clouds    done  ");
        assertThat(emr.run("-a", "fetch_output").out()).isEqualTo("DIR/results/clouds/clouds\n");
    }

    @Test
    void aRunWithoutARunnerIsDetachedWhileItsClusterIsUp() {
        String run = emr.add().out().strip();
        assertThat(emr.run("-a", "list_runs").out()).contains(run + "  clouds    waiting  ");
        emr.executeAndCrashAfterSubmission();

        assertThat(emr.run("-a", "list_runs").out()).contains(run + "  clouds    detached  ");

        emr.run("-a", "terminate_cluster", "-c", "demo", "--yes");
        assertThat(emr.run("-a", "list_runs").out()).contains(run + "  clouds    stopped  ");
    }

    @Test
    void theNewestRunMayBeLocal() {
        String onEmr = executeOn("demo");
        assertThat(emr.run("-a", "list_steps").out()).startsWith("Run " + onEmr + " of clouds on j-");
        emr.run("-a", "create_cluster", "-t", "local", "-c", "here");
        String here = emr.run("-a", "add_steps", "-t", "local").out().strip();
        emr.run("-a", "terminate_cluster", "-t", "local", "-c", "here");

        emr.aws().calls().clear();
        assertThat(emr.run("-a", "list_steps").out()).startsWith("Run " + here + " of clouds on local-");
        assertThat(emr.aws().calls().all()).isEmpty();
        assertThat(emr.run("-a", "list_steps", "--run", onEmr).out()).startsWith("Run " + onEmr + " of clouds on j-");
        assertThat(emr.run("-a", "list_steps", "-t", "emr").out()).startsWith("Run " + onEmr + " of clouds on j-");
    }
}
