package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code -t emr} finds in files that are fine for this machine. */
final class EmrChecksTest {
    @TempDir
    Path directory;

    private Prompt prompt;

    @BeforeEach
    void layOut() {
        prompt = Pipelines.laidOut(new Prompt(directory));
    }

    @Test
    void findsACommandThatIsTooLong() {
        prompt.file("steps.json", """
                {"name": "p",
                 "steps": [{"name": "a", "script_uri": "job.py"},
                           {"name": "b", "script_uri": "job.py", "args": {"text": "%s"}}]}
                """.formatted("x".repeat(10_240)));
        String problem =
                "steps.json: steps[1]: the command of 'b' has 10,486 characters; EMR takes at most 10,240. Put long"
                        + " values into a file and give the step that file.\n";

        assertThat(prompt.type("-a", "validate")).isEqualTo(new CommandResult(0, "steps.json is valid.\n", ""));
        assertThat(prompt.type("-a", "validate", "-t", "emr")).isEqualTo(new CommandResult(3, problem, ""));
        assertThat(prompt.type("-a", "plan", "--target=emr")).isEqualTo(new CommandResult(3, "", problem));
    }

    @Test
    void findsAnExecutorThatFitsNoMachineOfTheCluster() {
        prompt.file("cluster-ec2-spot-fleet.json", Pipelines.CLUSTER)
                .file(
                        "steps.json",
                        Pipelines.CLOUDS.replace(
                                "\"script_uri\": \"job.py\"",
                                "\"script_uri\": \"job.py\", \"executor_memory\": \"18G\""));

        assertThat(prompt.type("-a", "validate")).isEqualTo(new CommandResult(0, "steps.json is valid.\n", ""));
        CommandResult said = prompt.type("-a", "validate", "-t", "emr");
        assertThat(said).isEqualTo(new CommandResult(3, """
                        steps.json: steps[0].executor_memory: an executor takes 20275 MB (18432 of heap and 1843 beside it), more than YARN has on m5.xlarge of the core fleet (12288 MB). The largest that fits is 11171m.
                        steps.json: steps[1].executor_memory: an executor takes 20275 MB (18432 of heap and 1843 beside it), more than YARN has on m5.xlarge of the core fleet (12288 MB). The largest that fits is 11171m.
                        steps.json: steps[2].executor_memory: an executor takes 20275 MB (18432 of heap and 1843 beside it), more than YARN has on m5.xlarge of the core fleet (12288 MB). The largest that fits is 11171m.
                        """, ""));
        assertThat(prompt.type("-a", "validate", "-cluster", "cluster-ec2-spot-fleet.json"))
                .isEqualTo(said);
    }

    @Test
    void refusesASecretInACommand() {
        prompt.file("steps.json", """
                {"steps": [{"name": "a", "script_uri": "job.py", "args": {"db_password": "hunter2"}}]}
                """);
        String problem =
                "steps.json: steps[0].args.db_password: is secret by its name, and EMR shows the command of a step to"
                        + " everybody who may look at the cluster. Let the role of the cluster's nodes give access, or"
                        + " let the script read it from AWS Secrets Manager.\n";

        assertThat(prompt.type("-a", "validate", "-t", "emr")).isEqualTo(new CommandResult(3, problem, ""));
    }

    @Test
    void planSaysTheSameForEmrAsForThisMachine() {
        assertThat(prompt.type("-a", "plan", "-t", "emr", "--output", "json"))
                .isEqualTo(prompt.type("-a", "plan", "--output", "json"));
    }
}
