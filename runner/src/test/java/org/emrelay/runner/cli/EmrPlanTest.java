package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plan -t emr} says beside the steps. */
final class EmrPlanTest {
    @TempDir
    Path directory;

    private Prompt prompt;

    @BeforeEach
    void layOut() {
        prompt = Pipelines.laidOut(new Prompt(directory))
                .file("cluster-ec2-spot-fleet.json", Golden.text("plans/emr-cluster.json"))
                .file("nodes.sh", "echo\n");
    }

    @Test
    void showsWhatWillBeMadeAndWhatItCosts() {
        CommandResult said = prompt.type("-a", "plan", "-t", "emr");

        assertThat(said.err()).isEmpty();
        org.emrelay.runner.platform.emr.blueprint.Golden.assertSame("plan-emr.txt", afterTheSteps(said.out()));
        org.emrelay.runner.platform.emr.blueprint.Golden.assertSame(
                "plan-emr.json",
                prompt.type("-a", "plan", "-t", "emr", "--output", "json").out());
    }

    private String afterTheSteps(String plan) {
        String steps = prompt.type("-a", "plan").out();
        assertThat(plan).startsWith(steps);
        return plan.substring(steps.length());
    }

    @Test
    void saysTheSameFromEverywhereAndWhateverTheEnvironment() {
        CommandResult first = prompt.type("-a", "plan", "-t", "emr", "--output", "json");
        prompt.withEnvironment("AWS_REGION", "eu-west-1").withEnvironment("AWS_ENDPOINT_URL", "http://localhost:1");

        assertThat(prompt.type("-a", "plan", "-t", "emr", "--output", "json")).isEqualTo(first);
        assertThat(prompt.path(".runner")).doesNotExist();
    }

    @Test
    void showsTheStepsAloneWithoutAClusterFile() {
        Prompt bare = Pipelines.laidOut(new Prompt(prompt.path("nodes.sh").getParent()))
                .file("bare/steps.json", Pipelines.CLOUDS)
                .file("bare/job.py", "print('job')\n")
                .file("bare/titles.csv", "title\nEmma\n")
                .in("bare");

        assertThat(bare.type("-a", "plan", "-t", "emr")).isEqualTo(bare.type("-a", "plan"));
    }
}
