package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanActionTest {
    @TempDir
    Path directory;

    private Prompt prompt;

    @BeforeEach
    void layOut() {
        prompt = Pipelines.laidOut(new Prompt(directory))
                .file("every-kind.json", Golden.text("plans/every-kind.steps.json"))
                .file("lib/tools.jar", "a jar")
                .file("lib/more.jar", "another jar")
                .file("helpers.zip", "helpers")
                .file("conf/log.properties", "level=warn\n")
                .file("data/mask ü.png", "a mask");
    }

    @Test
    void showsAChain() {
        assertThat(prompt.type("-a", "plan")).isEqualTo(new CommandResult(0, Golden.text("plans/chain.txt"), ""));
        assertThat(prompt.type("-a", "plan", "--output", "json"))
                .isEqualTo(new CommandResult(0, Golden.text("plans/chain.json"), ""));
    }

    @Test
    void showsEveryKindOfInputOutputAndSetting() {
        String[] more = {"-steps", "every-kind.json", "-p", "own=titles.csv"};

        assertThat(prompt.type(with(more, "-a", "plan")))
                .isEqualTo(new CommandResult(0, Golden.text("plans/every-kind.txt"), ""));
        assertThat(prompt.type(with(more, "-a", "plan", "--output", "json")))
                .isEqualTo(new CommandResult(0, Golden.text("plans/every-kind.json"), ""));
    }

    /** The scripts of the earlier delivery-time sample: flags of their own, and two inputs that lie below earlier outputs. */
    @Test
    void givesTheDeliveryScriptsTheirOwnFlags() {
        prompt.file("delivery.json", Golden.text("plans/delivery-scripts.steps.json"));

        assertThat(prompt.type("-a", "plan", "-steps", "delivery.json"))
                .isEqualTo(new CommandResult(0, Golden.text("plans/delivery-scripts.txt"), ""));
    }

    private static String[] with(String[] some, String... others) {
        String[] all = java.util.Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        return all;
    }

    @Test
    void saysTheSameFromEverywhereAndAsOftenAsItIsAsked() {
        CommandResult first = prompt.type("-a", "plan", "--output", "json");

        assertThat(prompt.type("-a", "plan", "--output", "json")).isEqualTo(first);
        prompt.file("other/place/below", "");
        assertThat(prompt.in("other/place").type("-a", "plan", "-steps", "../../steps.json", "--output", "json"))
                .isEqualTo(first);
        Pipelines.laidOut(new Prompt(prompt.path("other")));
        assertThat(prompt.in("other").type("-a", "plan", "--output", "json")).isEqualTo(first);
    }

    @Test
    void leavesNothingBehind() {
        prompt.type("-a", "plan");

        assertThat(prompt.path(".runner")).doesNotExist();
    }

    @Test
    void changesTheFingerprintsBelowAChangedScript() {
        String before = prompt.type("-a", "plan").out();
        prompt.file("job.py", "print('another')\n");

        assertThat(fingerprints(prompt.type("-a", "plan").out())).doesNotContainAnyElementsOf(fingerprints(before));
    }

    private static java.util.List<String> fingerprints(String plan) {
        return plan.lines().filter(line -> line.contains("fingerprint")).toList();
    }

    @Test
    void masksSecretsWhereverTheyStand() {
        prompt.file("steps.json", """
                {"parameters": {"db_password": "hunter2", "plain": "seen"},
                 "steps": [{"name": "a", "script_uri": "job.py",
                            "args": {"db-password": "${db_password}", "url": "jdbc:x?p=${db_password}", "plain": "${plain}"},
                            "env": {"API_TOKEN": "${env.TOKEN}"}, "spark_conf": {"spark.my.secret": "sauce"}}]}
                """).withEnvironment("TOKEN", "tok123");

        CommandResult text = prompt.type("-a", "plan");
        CommandResult json = prompt.type("-a", "plan", "--output", "json");

        assertThat(text.code()).isZero();
        assertThat(text.out())
                .contains("--db-password '****' --url 'jdbc:x?p=****' --plain seen")
                .contains("spark.yarn.appMasterEnv.API_TOKEN=****")
                .contains("spark.my.secret=****");
        assertThat(text.toString() + json).doesNotContain("hunter2", "tok123", "sauce");
    }

    @Test
    void tellsWarningsOnStderr() {
        prompt.file("my-cluster.json", Pipelines.CLUSTER_WITH_A_WARNING);

        CommandResult said = prompt.type("-a", "plan", "--output", "json", "-cluster", "my-cluster.json");

        assertThat(said)
                .isEqualTo(new CommandResult(
                        0,
                        Golden.text("plans/chain.json"),
                        "warning: my-cluster.json: Ec2SubnetIds: subnet-f384febf may not be yours: EC2 has given out no"
                                + " such short ids since 2018. Name subnets of your own account, or remove the key to"
                                + " use its default VPC.\n"));
    }

    @Test
    void showsNothingOfAFileThatIsInvalid() {
        prompt.file("steps.json", "{}");

        assertThat(prompt.type("-a", "plan"))
                .isEqualTo(new CommandResult(3, "", "steps.json: steps: this key is missing.\n"));
    }
}
