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
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.emrelay.runner.fakeaws.Clients;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonSyntaxException;
import org.emrelay.runner.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the original are planned as the original submitted them, to the word. */
final class LegacyFilesTest {
    private static final String WARNINGS = """
            warning: cluster-original.json: InstanceFleets[2].LaunchSpecifications.SpotSpecification.BlockDurationMinutes: EC2 ended spot blocks in 2022 and EMR refuses this key: it is not sent. Remove it.
            warning: cluster-original.json: InstanceFleets: the fleets mix x86 (m5.xlarge) and Graviton (m6g.2xlarge) machines. Then every bootstrap action, custom image and native library in a jar must be there for both; types of one kind are the safe choice.
            warning: cluster-original.json: Configurations[1].Properties['spark.jars.packages']: com.johnsnowlabs.nlp:spark-nlp_2.12:3.1.0 was made for a Spark older than the 3.5 of emr-7.13.0. Use com.johnsnowlabs.nlp:spark-nlp_2.12:5.5.3.
            warning: cluster-original.json: Ec2SubnetIds: subnet-f384febf, subnet-9cc763f7, subnet-440e1c3e may not be yours: EC2 has given out no such short ids since 2018. Name subnets of your own account, or remove the key to use its default VPC.
            """;

    @TempDir
    Path directory;

    @Test
    void plansFilesOfTheOriginalsForm() throws Exception {
        Prompt prompt = new Prompt(directory)
                .file("steps-original.json", Golden.text("compat/steps-original.json"))
                .file("scripts/keep_titles.py", "")
                .file("scripts/draw.py", "")
                .file("images/outline.png", "");

        CommandResult said = prompt.type("-a", "plan", "-steps", "steps-original.json", "--output", "json");

        assertThat(said.err()).isEmpty();
        assertThat(asSubmitted(said.out()))
                .isEqualTo(submitted(Golden.text("compat/steps-original-as-submitted.json")));
    }

    @Test
    void plansTheOriginalsOwnFiles() throws Exception {
        Prompt prompt = theOriginal();

        CommandResult said = prompt.type(
                "-a", "plan", "-steps", "steps-original.json", "-cluster", "cluster-original.json", "--output", "json");

        assertThat(said.err()).isEqualTo(WARNINGS);
        assertThat(asSubmitted(said.out()))
                .isEqualTo(submitted(Files.readString(
                        Path.of(System.getProperty("real.data", ""), "compat", "steps-original-as-submitted.json"))))
                .hasSize(3);
    }

    @Test
    void sendsFilesOfTheOriginalsFormAsTheOriginalSentThem() throws Exception {
        new Prompt(directory)
                .file("steps-original.json", Golden.text("compat/steps-original.json"))
                .file("scripts/keep_titles.py", "")
                .file("scripts/draw.py", "")
                .file("images/outline.png", "");

        assertThat(onTheWire()).isEqualTo(submitted(Golden.text("compat/steps-original-as-submitted.json")));
    }

    @Test
    void sendsTheOriginalsOwnStepsAsTheOriginalSentThem() throws Exception {
        theOriginal();

        assertThat(onTheWire())
                .isEqualTo(submitted(Files.readString(
                        Path.of(System.getProperty("real.data", ""), "compat", "steps-original-as-submitted.json"))))
                .hasSize(3);
    }

    /** What EMR has got of each step, the bucket written as the original's. */
    private Map<String, List<String>> onTheWire() {
        try (EmrPrompt emr = new EmrPrompt(directory)) {
            emr.prompt().file("large.json", Pipelines.CLUSTER.replace("m5.xlarge", "r5.2xlarge"));
            String cluster = emr.create().out().strip();
            CommandResult added =
                    emr.type("-a", "add_steps", "-steps", "steps-original.json", "-cluster", "large.json");
            assertThat(added.code()).as(added.toString()).isZero();
            emr.type("-a", "execute_steps", "--no-logs");
            String bucket = "emrelay-123456789012-us-east-1-bb26934c-demo";
            Map<String, List<String>> sent = new LinkedHashMap<>();
            new Clients(emr.aws())
                    .emr().listSteps(request -> request.clusterId(cluster)).steps().stream()
                            .filter(step -> step.name().endsWith("/1"))
                            .forEach(step -> sent.put(
                                    step.name().replaceAll("^[^/]*/|/[^/]*$", ""),
                                    step.config().args().stream()
                                            .map(word -> word.replace(bucket, "BUCKET")
                                                    .replaceFirst(
                                                            "^s3://BUCKET/scripts/[0-9a-f]{16}/",
                                                            "s3://BUCKET/scripts/"))
                                            .toList()));
            return sent;
        }
    }

    @Test
    void warnsOfWhatIsObsoleteInTheOriginalsOwnFilesAndOfNothingElse() throws IOException {
        Prompt prompt = theOriginal();
        String[] files = {"-a", "validate", "-steps", "steps-original.json", "-cluster", "cluster-original.json"};
        CommandResult valid = new CommandResult(0, WARNINGS + "steps-original.json is valid.\n", "");

        assertThat(prompt.type(files)).isEqualTo(valid);
        assertThat(prompt.type(files[0], files[1], files[2], files[3], files[4], files[5], "-t", "emr"))
                .isEqualTo(valid);
    }

    @Test
    void stopsTheOriginalsStepsOnThisMachineBeforeAnyRuns() throws IOException {
        Prompt prompt = theOriginal();
        try (EmrPrompt aws = new EmrPrompt(directory)) {
            String run = "-a run -steps steps-original.json --region us-east-1 --endpoint-url "
                    + aws.aws().endpoint();
            assertThat(prompt.withEnvironment("AWS_ACCESS_KEY_ID", "x")
                            .withEnvironment("AWS_SECRET_ACCESS_KEY", "x")
                            .type(run.split(" ")))
                    .isEqualTo(new CommandResult(
                            4,
                            "",
                            "Step 'step_0' reads s3://amazon-reviews-pds/parquet/product_category=Books. Could not list"
                                    + " s3://amazon-reviews-pds/parquet/product_category=Books. NoSuchBucket: The specified bucket"
                                    + " does not exist. Or give it a copy on this machine, by a parameter in its place in the file"
                                    + " (\"input_data\": \"${input_data}\") and -p input_data=PATH.\n"));
        }
    }

    /** Empty files stand where the original's point. */
    private Prompt theOriginal() throws IOException {
        Path files = Path.of(System.getProperty("real.data", ""), "compat");
        assumeTrue(
                Files.exists(files.resolve("steps-original.json")),
                "the original's files are not here: give their directory by -Dreal.data");
        Prompt prompt = new Prompt(directory);
        for (String name : new String[] {"steps-original.json", "cluster-original.json"}) {
            prompt.file(name, Files.readString(files.resolve(name)));
        }
        for (String name : new String[] {
            "pyspark/pyspark_preprocessing_text.py",
            "pyspark/pyspark_grouping_words.py",
            "pyspark/generate_clouds.py",
            "data/usa.png",
            "bootstrap-action.sh"
        }) {
            prompt.file(name, "");
        }
        return prompt;
    }

    /** Each step's command, our places written as the original's bucket; only the directory named by a script's content is ours alone. */
    private static Map<String, List<String>> asSubmitted(String plan) throws JsonSyntaxException {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        JsonValue.JsonObject document = (JsonValue.JsonObject) JsonReader.read(plan);
        for (JsonValue step : ((JsonValue.JsonArray) document.get("steps")).values()) {
            commands.put(
                    text(step, "name"),
                    words(step, "command").stream()
                            .map(LegacyFilesTest::inTheBucket)
                            .toList());
        }
        return commands;
    }

    private static String inTheBucket(String word) {
        return word.equals("workspace")
                ? "BUCKET"
                : word.replaceFirst("^workspace:/scripts/[0-9a-f]{16}/", "s3://BUCKET/scripts/")
                        .replaceFirst("^workspace:/", "s3://BUCKET/");
    }

    private static Map<String, List<String>> submitted(String record) throws JsonSyntaxException {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        for (JsonValue step : ((JsonValue.JsonArray) JsonReader.read(record)).values()) {
            commands.put(text(step, "name"), words(step, "args"));
        }
        return commands;
    }

    private static String text(JsonValue object, String key) {
        return ((JsonValue.JsonString) ((JsonValue.JsonObject) object).get(key)).text();
    }

    private static List<String> words(JsonValue object, String key) {
        List<String> words = new ArrayList<>();
        for (JsonValue word : ((JsonValue.JsonArray) ((JsonValue.JsonObject) object).get(key)).values()) {
            words.add(((JsonValue.JsonString) word).text());
        }
        return words;
    }
}
