package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanActionTest {
    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = SampleFiles.writeTo(new CliFixture(directory))
                .file("every-kind.json", TestResources.text("plans/every-kind.steps.json"))
                .file("lib/tools.jar", "a jar")
                .file("lib/more.jar", "another jar")
                .file("helpers.zip", "helpers")
                .file("conf/log.properties", "level=warn\n")
                .file("data/mask ü.png", "a mask");
    }

    @Test
    void printsAChain() {
        assertThat(cli.run("-a", "plan")).isEqualTo(new CommandResult(0, TestResources.text("plans/chain.txt"), ""));
        assertThat(cli.run("-a", "plan", "--output", "json"))
                .isEqualTo(new CommandResult(0, TestResources.text("plans/chain.json"), ""));
    }

    @Test
    void printsEveryKindOfInputOutputAndSetting() {
        String[] more = {"-steps", "every-kind.json", "-p", "own=titles.csv"};

        assertThat(cli.run(with(more, "-a", "plan")))
                .isEqualTo(new CommandResult(0, TestResources.text("plans/every-kind.txt"), ""));
        assertThat(cli.run(with(more, "-a", "plan", "--output", "json")))
                .isEqualTo(new CommandResult(0, TestResources.text("plans/every-kind.json"), ""));
    }

    /** Scripts of the delivery-time sample with custom flags, and two inputs below outputs of earlier steps. */
    @Test
    void passesCustomFlagsToScripts() {
        cli.file("delivery.json", TestResources.text("plans/delivery-scripts.steps.json"));

        assertThat(cli.run("-a", "plan", "-steps", "delivery.json"))
                .isEqualTo(new CommandResult(0, TestResources.text("plans/delivery-scripts.txt"), ""));
    }

    private static String[] with(String[] some, String... others) {
        String[] all = java.util.Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        return all;
    }

    @Test
    void isReproducibleFromAnyDirectory() {
        CommandResult first = cli.run("-a", "plan", "--output", "json");

        assertThat(cli.run("-a", "plan", "--output", "json")).isEqualTo(first);
        cli.file("other/place/below", "");
        assertThat(cli.inDirectory("other/place").run("-a", "plan", "-steps", "../../steps.json", "--output", "json"))
                .isEqualTo(first);
        SampleFiles.writeTo(new CliFixture(cli.path("other")));
        assertThat(cli.inDirectory("other").run("-a", "plan", "--output", "json"))
                .isEqualTo(first);
    }

    @Test
    void createsNoFiles() {
        cli.run("-a", "plan");

        assertThat(cli.path(".runner")).doesNotExist();
    }

    @Test
    void changesTheFingerprintsBelowAChangedScript() {
        String before = cli.run("-a", "plan").out();
        cli.file("job.py", "print('another')\n");

        assertThat(fingerprints(cli.run("-a", "plan").out())).doesNotContainAnyElementsOf(fingerprints(before));
    }

    private static java.util.List<String> fingerprints(String plan) {
        return plan.lines().filter(line -> line.contains("fingerprint")).toList();
    }

    @Test
    void masksSecretsEverywhere() {
        cli.file("steps.json", """
                {"parameters": {"db_password": "hunter2", "plain": "seen"},
                 "steps": [{"name": "a", "script_uri": "job.py",
                            "args": {"db-password": "${db_password}", "url": "jdbc:x?p=${db_password}", "plain": "${plain}"},
                            "env": {"API_TOKEN": "${env.TOKEN}"}, "spark_conf": {"spark.my.secret": "sauce"}}]}
                """).withEnvironment("TOKEN", "tok123");

        CommandResult text = cli.run("-a", "plan");
        CommandResult json = cli.run("-a", "plan", "--output", "json");

        assertThat(text.code()).isZero();
        assertThat(text.out())
                .contains("--db-password '****' --url 'jdbc:x?p=****' --plain seen")
                .contains("spark.yarn.appMasterEnv.API_TOKEN=****")
                .contains("spark.my.secret=****");
        assertThat(text.toString() + json).doesNotContain("hunter2", "tok123", "sauce");
    }

    @Test
    void printsWarningsToStderr() {
        cli.file("my-cluster.json", SampleFiles.CLUSTER_WITH_A_WARNING);

        CommandResult result = cli.run("-a", "plan", "--output", "json", "-cluster", "my-cluster.json");

        assertThat(result)
                .isEqualTo(new CommandResult(
                        0,
                        TestResources.text("plans/chain.json"),
                        "warning: my-cluster.json: Ec2SubnetIds: subnet-f384febf may belong to another account: EC2 has"
                                + " not issued such short ids since 2018. Specify subnets of your own account, or"
                                + " remove the key to use its default VPC.\n"));
    }

    @Test
    void printsNoPlanForAnInvalidFile() {
        cli.file("steps.json", "{}");

        assertThat(cli.run("-a", "plan"))
                .isEqualTo(new CommandResult(3, "", "steps.json: steps: required key is missing.\n"));
    }

    /** Whoever reads the plan of a stranger's steps.json must see what it runs, and nothing else. */
    @Test
    void printsEachTextFromTheFileOnOneLine() {
        cli.file("steps.json", """
                {"name": "clouds",
                 "steps": [{"name": "a", "script_uri": "job.py",
                            "description": "Titles\\n   output       /safe\\r\\n\\n2. b \\u001b[2K\\u202e \\u0085",
                            "args": {"text": "it's\\n   fingerprint\\t\\u001b\\\\"}},
                           {"name": "c", "script_uri": "job.py", "enabled": false}]}
                """);

        CommandResult text = cli.run("-a", "plan");
        CommandResult json = cli.run("-a", "plan", "--output", "json");

        assertThat(text.err()).isEmpty();
        assertThat(text.out().lines().limit(5))
                .containsExactly(
                        "Pipeline clouds, 2 steps in this order:",
                        "",
                        "1. a – Titles output       /safe 2. b \\u001b[2K\\u202e",
                        "   output       workspace:/output/clouds/<run>/a",
                        "   command      spark-submit --deploy-mode cluster workspace:/scripts/d84e80d0c0f10943d147f518e6cd044c/job.py --output"
                                + " 'workspace:/output/clouds/<run>/a' --text $'it\\'s\\n   fingerprint\\t\\u001b\\\\\\\\'");
        assertThat(text.out().lines().filter(line -> line.startsWith("2. "))).containsExactly("2. c");
        assertThat(text.out().lines().filter(line -> line.startsWith("   fingerprint")))
                .hasSize(1);
        assertThat(json.out()).contains("2. b \\u001B[2K\\u202e \\u0085\"");
    }

    @Test
    void printsEachProblemOnOneLine() {
        cli.file("steps.json", """
                {"steps": [{"name": "a\\nsteps.json is valid.\\u001b[8m", "script_uri": "job.py"}]}
                """);

        assertThat(cli.run("-a", "validate").out())
                .isEqualTo(
                        "steps.json: steps[0].name: 'a steps.json is valid.\\u001b[8m' is not a valid step name. Use at most"
                                + " 64 letters, digits, '_', '-' and '.', starting with a letter or digit.\n");
    }
}
