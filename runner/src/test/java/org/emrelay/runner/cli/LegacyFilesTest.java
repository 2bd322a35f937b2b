package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.SdkClients;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.MalformedJsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans and submits files in the original form exactly as the original tool did, argument by argument. */
final class LegacyFilesTest {
    private static final String WARNINGS = """
            warning: cluster-original.json: InstanceFleets[2].LaunchSpecifications.SpotSpecification.BlockDurationMinutes: EC2 discontinued Spot blocks in 2022 and EMR rejects this key; it is ignored. Remove it.
            warning: cluster-original.json: InstanceFleets: the fleets mix x86 (m5.xlarge) and Graviton (m6g.2xlarge) instances. Every bootstrap action, custom AMI and native library in a jar must support both architectures; prefer instance types of one architecture.
            warning: cluster-original.json: Configurations[1].Properties['spark.jars.packages']: com.johnsnowlabs.nlp:spark-nlp_2.12:3.1.0 is built for a Spark older than the 3.5 of emr-7.13.0. Use com.johnsnowlabs.nlp:spark-nlp_2.12:5.5.3.
            warning: cluster-original.json: Ec2SubnetIds: subnet-f384febf, subnet-9cc763f7, subnet-440e1c3e may belong to another account: EC2 has not issued such short ids since 2018. Specify subnets of your own account, or remove the key to use its default VPC.
            """;

    @TempDir
    Path directory;

    @Test
    void plansFilesInTheOriginalForm() throws Exception {
        CliFixture cli = new CliFixture(directory)
                .file("steps-original.json", TestResources.text("compat/steps-original.json"))
                .file("scripts/keep_titles.py", "")
                .file("scripts/draw.py", "")
                .file("images/outline.png", "");

        CommandResult result = cli.run("-a", "plan", "-steps", "steps-original.json", "--output", "json");

        assertThat(result.err()).isEmpty();
        assertThat(plannedCommands(result.out()))
                .isEqualTo(recordedCommands(TestResources.text("compat/steps-original-as-submitted.json")));
    }

    @Test
    void plansTheOriginalFiles() throws Exception {
        CliFixture cli = originalFiles();

        CommandResult result = cli.run(
                "-a", "plan", "-steps", "steps-original.json", "-cluster", "cluster-original.json", "--output", "json");

        assertThat(result.err()).isEqualTo(WARNINGS);
        assertThat(plannedCommands(result.out()))
                .isEqualTo(recordedCommands(Files.readString(
                        Path.of(System.getProperty("real.data", ""), "compat", "steps-original-as-submitted.json"))))
                .hasSize(3);
    }

    @Test
    void submitsFilesInTheOriginalFormAsTheOriginalDid() throws Exception {
        new CliFixture(directory)
                .file("steps-original.json", TestResources.text("compat/steps-original.json"))
                .file("scripts/keep_titles.py", "")
                .file("scripts/draw.py", "")
                .file("images/outline.png", "");

        assertThat(submittedArguments())
                .isEqualTo(recordedCommands(TestResources.text("compat/steps-original-as-submitted.json")));
    }

    @Test
    void submitsTheOriginalFilesAsTheOriginalDid() throws Exception {
        originalFiles();

        assertThat(submittedArguments())
                .isEqualTo(recordedCommands(Files.readString(
                        Path.of(System.getProperty("real.data", ""), "compat", "steps-original-as-submitted.json"))))
                .hasSize(3);
    }

    /** The arguments of each step on EMR, with the bucket replaced by the original's placeholder. */
    private Map<String, List<String>> submittedArguments() {
        try (EmrCliFixture emr = new EmrCliFixture(directory)) {
            emr.cli().file("large.json", SampleFiles.CLUSTER.replace("m5.xlarge", "r5.2xlarge"));
            String cluster = emr.create().out().strip();
            CommandResult added = emr.run("-a", "add_steps", "-steps", "steps-original.json", "-cluster", "large.json");
            assertThat(added.code()).as(added.toString()).isZero();
            emr.run("-a", "execute_steps", "--no-logs");
            String bucket = "emrelay-123456789012-us-east-1-bb26934c-demo";
            Map<String, List<String>> sent = new LinkedHashMap<>();
            new SdkClients(emr.aws())
                    .emr().listSteps(request -> request.clusterId(cluster)).steps().stream()
                            .filter(step -> step.name().endsWith("/1"))
                            .forEach(step -> sent.put(
                                    step.name().replaceAll("^[^/]*/|/[^/]*$", ""),
                                    step.config().args().stream()
                                            .map(argument -> argument.replace(bucket, "BUCKET")
                                                    .replaceFirst(
                                                            "^s3://BUCKET/scripts/[0-9a-f]{32}/",
                                                            "s3://BUCKET/scripts/"))
                                            .toList()));
            return sent;
        }
    }

    @Test
    void warnsOnlyAboutObsoleteKeysOfTheOriginalFiles() throws IOException {
        CliFixture cli = originalFiles();
        String[] files = {"-a", "validate", "-steps", "steps-original.json", "-cluster", "cluster-original.json"};
        CommandResult valid = new CommandResult(0, WARNINGS + "steps-original.json is valid.\n", "");

        assertThat(cli.run(files)).isEqualTo(valid);
        assertThat(cli.run(files[0], files[1], files[2], files[3], files[4], files[5], "-t", "emr"))
                .isEqualTo(valid);
    }

    @Test
    void rejectsAMissingS3InputBeforeAnyStepRuns() throws IOException {
        CliFixture cli = originalFiles();
        try (EmrCliFixture aws = new EmrCliFixture(directory)) {
            String run = "-a run -steps steps-original.json --region us-east-1 --endpoint-url "
                    + aws.aws().endpoint();
            assertThat(cli.withEnvironment("AWS_ACCESS_KEY_ID", "x")
                            .withEnvironment("AWS_SECRET_ACCESS_KEY", "x")
                            .run(run.split(" ")))
                    .isEqualTo(new CommandResult(
                            4,
                            "",
                            "Step 'step_0' reads s3://amazon-reviews-pds/parquet/product_category=Books. Could not list"
                                    + " s3://amazon-reviews-pds/parquet/product_category=Books. NoSuchBucket: The specified bucket"
                                    + " does not exist. Alternatively, use a local copy through a parameter in the steps file"
                                    + " (\"input_data\": \"${input_data}\") and -p input_data=PATH.\n"));
        }
    }

    /** The original's own files, with empty files in place of those they refer to. */
    private CliFixture originalFiles() throws IOException {
        Path files = Path.of(System.getProperty("real.data", ""), "compat");
        assumeTrue(
                Files.exists(files.resolve("steps-original.json")),
                "the original's files are missing: pass their directory with -Dreal.data");
        CliFixture cli = new CliFixture(directory);
        for (String name : new String[] {"steps-original.json", "cluster-original.json"}) {
            cli.file(name, Files.readString(files.resolve(name)));
        }
        for (String name : new String[] {
            "pyspark/pyspark_preprocessing_text.py",
            "pyspark/pyspark_grouping_words.py",
            "pyspark/generate_clouds.py",
            "data/usa.png",
            "bootstrap-action.sh"
        }) {
            cli.file(name, "");
        }
        return cli;
    }

    /** The command of each step, with our URIs mapped to the original's bucket and the content-hash directory of scripts removed. */
    private static Map<String, List<String>> plannedCommands(String plan) throws MalformedJsonException {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        JsonValue.JsonObject document = (JsonValue.JsonObject) JsonReader.read(plan);
        for (JsonValue step : ((JsonValue.JsonArray) document.get("steps")).values()) {
            commands.put(
                    text(step, "name"),
                    texts(step, "command").stream()
                            .map(LegacyFilesTest::withOriginalBucket)
                            .toList());
        }
        return commands;
    }

    private static String withOriginalBucket(String argument) {
        return argument.equals("workspace")
                ? "BUCKET"
                : argument.replaceFirst("^workspace:/scripts/[0-9a-f]{32}/", "s3://BUCKET/scripts/")
                        .replaceFirst("^workspace:/", "s3://BUCKET/");
    }

    private static Map<String, List<String>> recordedCommands(String record) throws MalformedJsonException {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        for (JsonValue step : ((JsonValue.JsonArray) JsonReader.read(record)).values()) {
            commands.put(text(step, "name"), texts(step, "args"));
        }
        return commands;
    }

    private static String text(JsonValue object, String key) {
        return ((JsonValue.JsonString) ((JsonValue.JsonObject) object).get(key)).text();
    }

    private static List<String> texts(JsonValue object, String key) {
        List<String> texts = new ArrayList<>();
        for (JsonValue text : ((JsonValue.JsonArray) ((JsonValue.JsonObject) object).get(key)).values()) {
            texts.add(((JsonValue.JsonString) text).text());
        }
        return texts;
    }
}
