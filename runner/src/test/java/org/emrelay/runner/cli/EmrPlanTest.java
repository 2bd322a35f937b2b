package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plan -t emr} prints in addition to the steps. */
final class EmrPlanTest {
    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = SampleFiles.writeTo(new CliFixture(directory))
                .file("cluster-ec2-spot-fleet.json", TestResources.text("plans/emr-cluster.json"))
                .file("nodes.sh", "echo\n");
    }

    @Test
    void printsResourcesAndCosts() {
        CommandResult result = cli.run("-a", "plan", "-t", "emr");

        assertThat(result.err()).isEmpty();
        org.emrelay.runner.platform.emr.spec.GoldenFile.assertMatches("plan-emr.txt", afterSteps(result.out()));
        org.emrelay.runner.platform.emr.spec.GoldenFile.assertMatches(
                "plan-emr.json",
                cli.run("-a", "plan", "-t", "emr", "--output", "json").out());
    }

    private String afterSteps(String plan) {
        String steps = cli.run("-a", "plan").out();
        assertThat(plan).startsWith(steps);
        return plan.substring(steps.length());
    }

    @Test
    void isIndependentOfTheEnvironment() {
        CommandResult first = cli.run("-a", "plan", "-t", "emr", "--output", "json");
        cli.withEnvironment("AWS_REGION", "eu-west-1").withEnvironment("AWS_ENDPOINT_URL", "http://localhost:1");

        assertThat(cli.run("-a", "plan", "-t", "emr", "--output", "json")).isEqualTo(first);
        assertThat(cli.path(".runner")).doesNotExist();
    }

    @Test
    void printsOnlyStepsWithoutAClusterFile() {
        CliFixture bare = SampleFiles.writeTo(
                        new CliFixture(cli.path("nodes.sh").getParent()))
                .file("bare/steps.json", SampleFiles.CLOUDS)
                .file("bare/job.py", "print('job')\n")
                .file("bare/titles.csv", "title\nEmma\n")
                .inDirectory("bare");

        assertThat(bare.run("-a", "plan", "-t", "emr")).isEqualTo(bare.run("-a", "plan"));
    }
}
