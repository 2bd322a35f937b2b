package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.SdkClients;
import org.emrelay.runner.fakeaws.emr.FakeCluster;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emr.model.StepConfig;

/** {@code --max-cost} on EMR: what costs more than that stops, and nothing else does. */
final class EmrSpendingLimitTest {
    private static final String REACHED = "the run reached its spending limit";

    @TempDir
    Path directory;

    private EmrCliFixture emr;

    @BeforeEach
    void setUp() {
        emr = new EmrCliFixture(directory);
        SampleFiles.writeTo(emr.cli());
        emr.aws()
                .emr()
                .scriptSteps(name ->
                        StepScript.completesAfter(Duration.ofMinutes(20)).withProgram(emr::writeOutput));
    }

    @AfterEach
    void tearDown() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
        emr.close();
    }

    private FakeCluster cluster() {
        return emr.aws().inspect(() -> emr.aws().emr().clusters().get(0));
    }

    private boolean hasEnded() {
        return emr.aws().inspect(() -> emr.aws().emr().clusters().get(0).state().startsWith("TERMINAT"));
    }

    @Test
    void aRunIsCancelledAndItsClusterTerminated() {
        CommandResult result = emr.run("-a", "run", "-t", "emr", "--max-cost", "0.12");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.out())
                .contains("words   cancelled", REACHED)
                .contains("The run stopped at its spending limit. Reuse the finished steps: runner.sh -a run");
        assertThat(emr.cli().text("results/clouds/report.html"))
                .contains("over limit", "and the limit is $0.12: the steps are cancelled.");
        assertThat(hasEnded()).isTrue();
    }

    @Test
    void aRunBelowItsLimitIsNotDisturbed() {
        assertThat(emr.run("-a", "run", "-t", "emr", "--max-cost", "5").code()).isZero();
    }

    @Test
    void stepsAreCancelledAndTheClusterOfThisWorkspaceTerminated() {
        emr.run("-a", "create_cluster", "-c", "demo");
        emr.run("-a", "add_steps");

        CommandResult result = emr.run("-a", "execute_steps", "--max-cost", "0.12");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.out()).contains(REACHED).contains("Create a cluster of the same name");
        assertThat(hasEnded()).isTrue();
    }

    @Test
    void aClusterThatOthersUseKeepsRunning() {
        emr.run("-a", "create_cluster", "-c", "demo");
        emr.run("-a", "add_steps");
        String id = cluster().id();
        try (SdkClients others = new SdkClients(emr.aws())) {
            StepConfig sleeping = StepConfig.builder()
                    .name("of others")
                    .hadoopJarStep(jar -> jar.jar("command-runner.jar").args("sleep", "9"))
                    .build();
            others.emr().addJobFlowSteps(request -> request.jobFlowId(id).steps(sleeping));
        }

        CommandResult result = emr.run("-a", "execute_steps", "--max-cost", "0.12");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.out())
                .contains("Continue with a higher one: runner.sh -a execute_steps -idc "
                        + cluster().id());
        assertThat(hasEnded()).isFalse();
    }

    @Test
    void aClusterWithAnUnknownPriceIsRefusedBeforeItExists() {
        emr.cli()
                .file(
                        "cluster-ec2-spot-fleet.json",
                        emr.cli().text("cluster-ec2-spot-fleet.json").replace("m5.xlarge", "z9.xlarge"));

        CommandResult result = emr.run("-a", "run", "-t", "emr", "--max-cost", "5");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("--max-cost: the price of z9.xlarge is not known");
        assertThat(List.copyOf(emr.aws().inspect(() -> emr.aws().emr().clusters())))
                .isEmpty();
    }
}
