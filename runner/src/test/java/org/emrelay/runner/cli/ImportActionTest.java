package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImportActionTest {
    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = new CliFixture(directory);
    }

    @Test
    void importsAStateMachine() {
        given("state-machine.asl.json");

        assertThat(cli.run("import", "state-machine.asl.json", "--out", "words"))
                .isEqualTo(new CommandResult(0, """
                DIR/words/steps.json
                DIR/words/cluster-ec2-spot-fleet.json
                """, """
                Not carried over:
                  TimeoutSeconds: a run has no limit of its own; its steps have.
                  copy: it runs 's3-dist-cp', not spark-submit.
                  Is it Monday: the condition of a Choice state: the steps after it run in any case.
                  Notify: a task of another service, arn:aws:states:::sns:publish.
                  Alarm: a task that runs only after a failure.
                  Ec2SubnetIds[0]: its value is known only where the state machine is deployed or executed.
                  KerberosAttributes: a cluster file has no such key.
                Carried over in another form, or to be checked:
                  audit: its output was not found, so its arguments stay as they are. Declare the output if it has one.
                  Extract-words, counts, report: the output keeps its location. A run refuses to replace what another program\
                 wrote there, unless output.overwrite is "any".
                  parameters.date: the value of $.date. Set it in the file or with -p.
                  parameters.Bucket: the value of ${Bucket}. Set it in the file or with -p.
                words/steps.json: steps[0].inputs.titles: parameter 'date' has no value. Set it with -p date=…
                words/steps.json: steps[3].script_uri: parameter 'Bucket' has no value. Set it with -p Bucket=…
                Next: runner.sh -a plan -t emr -steps words/steps.json
                """));
        assertThat(cli.text("words/steps.json")).isEqualTo(expected("state-machine.steps.json"));
        assertThat(cli.text("words/cluster-ec2-spot-fleet.json")).isEqualTo(expected("state-machine.cluster.json"));
        assertThat(cli.run(
                        "validate",
                        "-t",
                        "emr",
                        "-steps",
                        "words/steps.json",
                        "-p",
                        "date=2026-11-21",
                        "-p",
                        "Bucket=team"))
                .isEqualTo(new CommandResult(0, "words/steps.json is valid.\n", ""));
    }

    @Test
    void importsTheStepsOfTheCommandLine() {
        given("add-steps.json");

        assertThat(cli.run("-a", "import", "add-steps.json")).isEqualTo(new CommandResult(0, "DIR/steps.json\n", """
                Not carried over:
                  tables: it is a step of type hive, not of Spark.
                  streaming: it runs s3://team-jobs/own.jar, not spark-submit.
                Carried over in another form, or to be checked:
                  train: --db-password is a secret: it is read from the environment variable DB_PASSWORD.
                  train: /usr/lib/hudi/hudi.jar is a file of the cluster's nodes, so the step does not run locally.
                  clean, train, score: the output keeps its location. A run refuses to replace what another program wrote there,\
                 unless output.overwrite is "any".
                steps.json: steps[1].args.db-password: environment variable 'DB_PASSWORD' is not set. Set it, or use '$${' for a\
                 literal '${'.
                Next: runner.sh -a plan -t emr -steps steps.json
                """));
        assertThat(cli.text("steps.json")).isEqualTo(expected("add-steps.steps.json"));
    }

    @Test
    void importsAClusterAndItsSteps() {
        given("describe-cluster.json");
        given("list-steps.json");

        assertThat(cli.run("import", "describe-cluster.json", "list-steps.json", "--out", "analytics"))
                .isEqualTo(new CommandResult(0, """
                DIR/analytics/steps.json
                DIR/analytics/cluster-ec2-spot-fleet.json
                """, """
                Not carried over:
                  InstanceGroups.CORE.AutoScalingPolicy: fleets have no such policy. Use ManagedScalingPolicy.
                  AutoScalingRole: a cluster file has no such key.
                  words: the step occurs several times with the same command. Run the pipeline again instead.
                Carried over in another form, or to be checked:
                  InstanceGroups: they become instance fleets, one for each role, in which EMR may replace a type only by those that\
                 you add.
                  words, counts: the output keeps its location. A run refuses to replace what another program wrote there, unless\
                 output.overwrite is "any".
                Next: runner.sh -a plan -t emr -steps analytics/steps.json
                """));
        assertThat(cli.text("analytics/steps.json")).isEqualTo(expected("describe-cluster.steps.json"));
        assertThat(cli.text("analytics/cluster-ec2-spot-fleet.json"))
                .isEqualTo(expected("describe-cluster.cluster.json"));
        assertThat(cli.run("plan", "-t", "emr", "-steps", "analytics/steps.json")
                        .code())
                .isZero();
    }

    /** Both answers in one file, and a cluster without its steps. */
    @Test
    void oneFileMayHaveSeveralAnswers() {
        cli.file("all.json", "[" + expected("describe-cluster.json") + "," + expected("list-steps.json") + "]");
        given("describe-cluster.json");

        assertThat(cli.run("import", "all.json", "--out", "one").code()).isZero();
        assertThat(cli.text("one/steps.json")).isEqualTo(expected("describe-cluster.steps.json"));
        CommandResult result = cli.run("import", "describe-cluster.json", "--out", "cluster");
        assertThat(result.out()).isEqualTo("DIR/cluster/cluster-ec2-spot-fleet.json\n");
        assertThat(result.err())
                .endsWith("No steps: add the answer of aws emr list-steps as a second FILE to import them too.\n");
        assertThat(cli.text("cluster/cluster-ec2-spot-fleet.json"))
                .isEqualTo(expected("describe-cluster.cluster.json"));
    }

    @Test
    void printsJson() {
        cli.file("one.json", """
                [{ "Type": "Spark", "Name": "one", "Args": ["--deploy-mode", "cluster", "s3://b/a.py"] }, { "Type": "Pig", "Name": "two" }]
                """);

        assertThat(cli.run("import", "one.json", "--output", "json")).isEqualTo(new CommandResult(0, """
                {
                  "path" : "DIR",
                  "files" : [
                    "DIR/steps.json"
                  ],
                  "not_carried_over" : [
                    "two: it is a step of type pig, not of Spark."
                  ],
                  "notices" : [ ],
                  "problems" : [ ]
                }
                """, ""));
    }

    /** An export of our own names the files in its bundle, and the place and the ID of each run. */
    @Test
    void importsWhatAnExportUploads() throws IOException {
        jar("export/bundle/scripts/00/jobs.jar", "org/example/Orders.class", "org/example/Plain.class");
        cli.file("export/bundle/scripts/11/library.jar", "")
                .file("export/bundle/input/22/mask.png", "")
                .file("export/bundle/scripts/33/sums.sql", "SELECT * FROM orders LIMIT :limit")
                .file("export/bundle/bootstrap-emr/44/setup.sh", "");

        cli.file("export/exported.asl.json", expected("exported.asl.json"));

        assertThat(cli.run("import", "export/exported.asl.json", "--out", "back"))
                .isEqualTo(new CommandResult(0, """
                DIR/back/steps.json
                DIR/back/cluster-ec2-spot-fleet.json
                """, """
                Carried over in another form, or to be checked:
                  sums, plain: the output keeps its location. A run refuses to replace what another program wrote there, unless\
                 output.overwrite is "any".
                Next: runner.sh -a plan -t emr -steps back/steps.json
                """));

        assertThat(cli.text("back/steps.json")).isEqualTo(expected("exported.steps.json"));
        assertThat(cli.text("back/cluster-ec2-spot-fleet.json")).isEqualTo(expected("exported.cluster.json"));
    }

    @Test
    void namesNoFileOutsideABundle() {
        cli.file("secret.txt", "").file("export/bundle/scripts/x", "");
        cli.file("export/steps.json", """
                [{ "Type": "Spark", "Name": "one", "Args": ["--files", "s3://b/scripts/../../../secret.txt", "s3://b/a.py"] }]
                """);

        assertThat(cli.run("import", "export/steps.json", "--out", "back").code())
                .isZero();
        assertThat(cli.text("back/steps.json")).contains("s3://b/scripts/../../../secret.txt");
    }

    @Test
    void replacesNothing() {
        given("add-steps.json");
        cli.file("steps.json", "mine");

        assertThat(cli.run("import", "add-steps.json"))
                .isEqualTo(new CommandResult(
                        5, "", "Nothing was written: DIR already has steps.json. Name another directory.\n"));
        assertThat(cli.text("steps.json")).isEqualTo("mine");
        assertThat(directory.resolve("cluster-ec2-spot-fleet.json")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ x | not valid JSON: line 1, column 3: put the key in double quotes.",
                "{ \"name\": 1 } | is JSON, but nothing to import. Known are a state machine with EMR steps, the JSON of aws emr"
                        + " add-steps or create-cluster, and the answers of aws emr describe-cluster and list-steps.",
                "[] | has no step that runs spark-submit on EMR.",
                "{ \"definition\": \"{\" } | the definition is not valid JSON: line 1, column 1: this '{' is never closed: add '}'.",
            })
    void saysWhatIsWrongWithAFile(String json, String sentence) {
        cli.file("given.json", json);

        CommandResult result = cli.run("import", "given.json");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).startsWith("given.json").contains(sentence);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThat(cli.run("import", "given.json"))
                .isEqualTo(new CommandResult(
                        3,
                        "",
                        "given.json: file not found. Relative paths are resolved against the current directory.\n"));
        assertThat(cli.run("import").code()).isEqualTo(2);
        assertThat(Files.exists(directory.resolve("steps.json"))).isFalse();
    }

    private void jar(String name, String... entries) throws IOException {
        Files.createDirectories(cli.path(name).getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(cli.path(name)))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
            }
        }
    }

    private void given(String name) {
        cli.file(name, expected(name));
    }

    private static String expected(String name) {
        return TestResources.text("imports/" + name);
    }
}
