package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExportActionTest {
    static final String CLUSTER = """
            {
              "ReleaseLabel": "emr-7.13.0",
              "Applications": [{ "Name": "Spark" }],
              "InstanceFleets": [
                { "Name": "primary", "InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1, "InstanceTypeConfigs": [{ "InstanceType": "m5.xlarge" }] },
                { "Name": "core", "InstanceFleetType": "CORE", "TargetOnDemandCapacity": 1, "InstanceTypeConfigs": [{ "InstanceType": "m5.xlarge" }] }
              ]
            }
            """;

    private static final String ONE_STEP =
            "{ \"name\": \"one\", \"steps\": [{ \"name\": \"load\", \"script_uri\": \"load.py\" %s }] }";

    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = new CliFixture(directory)
                .file(EmrCliFixture.CLUSTER_FILE, CLUSTER)
                .file("steps.json", TestResources.text("export/steps.json"))
                .file("load.py", "print()");
    }

    private CommandResult export(String to, String... more) {
        return cli.run(Stream.concat(Stream.of("-a", "export", "--to", to, "--out", "out"), Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void writesADag() {
        assertThat(export("airflow"))
                .isEqualTo(new CommandResult(0, """
                        README.md
                        dags/sales.py
                        delete.sh
                        deploy.sh
                        template.json
                        upload.sh
                        """, "Copying the files of the pipeline\nNext: DIR/out/README.md\n"));
        assertThat(cli.text("out/dags/sales.py")).isEqualTo(TestResources.text("export/sales.py"));
    }

    @Test
    void writesAStateMachine() {
        export("step-functions");

        assertThat(cli.text("out/state-machine.asl.json"))
                .isEqualTo(TestResources.text("export/state-machine.asl.json"));
    }

    @Test
    void writesATerraformConfiguration() {
        cli.file("steps.json", ONE_STEP.formatted(""));

        assertThat(export("terraform"))
                .isEqualTo(new CommandResult(0, """
                        README.md
                        iam.tf
                        main.tf
                        network.tf
                        outputs.tf
                        terraform.tfvars.example
                        upload.sh
                        variables.tf
                        versions.tf
                        """, "Copying the files of the pipeline\nNext: DIR/out/README.md\n"));
    }

    @Test
    void theReadmeSaysWhatIsDifferent() {
        export("step-functions", "--schedule", "cron(0 6 * * ? *)");

        assertThat(cli.text("out/README.md")).isEqualTo(TestResources.text("export/README.md"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"airflow", "step-functions"})
    void equalFilesGiveEqualExports(String target) throws IOException {
        export(target);
        Map<String, String> first = files("out");
        cli.run("-a", "export", "--to", target, "--out", "elsewhere/again");

        assertThat(files("elsewhere/again")).isEqualTo(first);
    }

    private Map<String, String> files(String folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(cli.path(folder))) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(cli.path(folder).relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    @Test
    void theBundleHasTheFilesAtTheirPlacesInTheBucket() throws IOException {
        cli.file("steps.json", ONE_STEP.formatted(", \"inputs\": { \"text\": { \"local\": \"in.txt\" } }"))
                .file("in.txt", "text");

        export("airflow");

        Map<String, String> bundle = files("out/bundle");
        assertThat(bundle.values()).containsExactlyInAnyOrder("text", "print()");
        assertThat(cli.text("out/dags/one.py"))
                .contains(bundle.keySet().stream()
                        .map(path -> "f\"s3://{BUCKET}/" + path + "\",")
                        .toArray(String[]::new));
        assertThat(cli.path("out/upload.sh")).isExecutable();
    }

    @Test
    void anotherExportReplacesTheFirst() throws IOException {
        cli.file("steps.json", ONE_STEP.formatted(""));
        export("airflow");
        cli.file("load.py", "print(2)");

        assertThat(export("step-functions").code()).isZero();

        assertThat(cli.path("out/dags/one.py")).doesNotExist();
        assertThat(files("out/bundle").values()).containsExactly("print(2)");
    }

    @Test
    void changesOfTheUserAreNotLost() {
        export("airflow");
        cli.file("out/dags/sales.py", "# mine");

        assertThat(export("airflow"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "In DIR/out you have changed dags/sales.py. To lose the changes, pass --overwrite; to keep them, name"
                                + " another directory with --out.\n"));
        assertThat(cli.text("out/dags/sales.py")).isEqualTo("# mine");
        assertThat(export("airflow", "--overwrite").code()).isZero();
        assertThat(cli.text("out/dags/sales.py")).startsWith("\"\"\"The pipeline sales");
    }

    @Test
    void filesOfOthersAreNotReplaced() {
        cli.file("out/notes.txt", "mine");

        assertThat(export("airflow"))
                .isEqualTo(
                        new CommandResult(
                                5,
                                "",
                                "DIR/out exists, and has no export. Name another directory with --out, or pass --overwrite.\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "airflow | --schedule | cron(0 6 * * ? 2027) | 5 | --schedule 'cron(0 6 * * ? 2027)': Airflow's cron expressions have no year, and neither L, W nor #. Use others.",
                "cloudformation | --schedule | cron(0 6 * * ? *) | 5 | A stack cannot run on a schedule. Omit --schedule, or export to airflow or step-functions.",
                "airflow | --schedule | daily | 2 | --schedule 'daily' is not an expression such as cron(0 6 * * ? *): minutes, hours, day of the month, month, day of the week, year; one of the days is a question mark.",
            })
    void refusesSchedules(String to, String option, String value, int code, String message) {
        cli.file("steps.json", ONE_STEP.formatted(""));

        CommandResult result = export(to, option, value);

        assertThat(result.code()).isEqualTo(code);
        assertThat(result.err()).startsWith(message + "\n");
    }

    @Test
    void refusesWhatATargetCannotSay() {
        assertThat(export("cdk"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "Step 'stats' has \"on_failure\": \"continue\", and CloudFormation would start 'chart' without its"
                                + " output. Set \"on_failure\" to \"cancel\".\n"));
        cli.file("steps.json", ONE_STEP.formatted(", \"on_failure\": \"terminate_cluster\""));
        assertThat(export("cloudformation").err())
                .isEqualTo("Step 'load': a step in CloudFormation cannot terminate its cluster when it fails. Set"
                        + " \"on_failure\" to \"cancel\"; the idle timeout then ends the cluster.\n");
        cli.file(
                EmrCliFixture.CLUSTER_FILE,
                CLUSTER.replaceFirst("\\{", "{ \"TerminationProtected\": true, \"EbsRootVolumeIops\": 4000,"));
        assertThat(export("step-functions").err())
                .isEqualTo(
                        "An exported pipeline cannot terminate a protected cluster. Set TerminationProtected to false in the"
                                + " cluster file.\nStep Functions has no EbsRootVolumeIops. Remove it from the cluster file.\n");
        assertThat(cli.path("out")).doesNotExist();
    }

    @Test
    void reportsAllProblemsOfTheFiles() {
        cli.file("steps.json", ONE_STEP.formatted(", \"retrie\": 1"));

        assertThat(export("airflow").code()).isEqualTo(3);
        assertThat(export("airflow").err()).contains("steps[0].retrie: unknown key 'retrie'. Did you mean 'retries'?");
        assertThat(cli.run("-a", "export", "--to", "luigi").err()).startsWith("Invalid value for option '--to'");
        Path noCluster = cli.path(EmrCliFixture.CLUSTER_FILE);
        assertThat(noCluster.toFile().delete()).isTrue();
        cli.file("steps.json", ONE_STEP.formatted(""));
        assertThat(export("airflow"))
                .isEqualTo(new CommandResult(2, "", "No cluster file beside steps.json. Pass -cluster FILE.\n"));
    }
}
