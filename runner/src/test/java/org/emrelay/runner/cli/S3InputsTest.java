package org.emrelay.runner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Local steps read S3 inputs from copies that are downloaded before they start. */
final class S3InputsTest {
    private static final String LOCAL_COPY_HINT = " Alternatively, use a local copy with -p titles=PATH.\n";

    @TempDir
    Path directory;

    private EmrCliFixture emr;

    @BeforeEach
    void setUp() {
        emr = new EmrCliFixture(directory);
        emr.aws().s3().addBucket("ada", "us-east-1");
        put("in/titles.csv", "id,title\n1,Emma\n");
        put("in/stop/part-0", "the");
        put("in/stop/part-1", "a");
        emr.cli().file("job.py", "print(1)").file("steps.json", """
                {"name": "trial", "parameters": {"titles": "s3://ada/in/titles.csv"},
                 "steps": [{"name": "words", "script_uri": "job.py", "inputs": {"titles": "${titles}", "stop": "s3a://ada/in/stop/"},
                            "args": ["--both", "${inputs.titles}:${inputs.stop}"]},
                           {"name": "again", "script_uri": "job.py", "inputs": {"titles": "${titles}", "words": {"from_step": "words"}}},
                           {"name": "never", "script_uri": "job.py", "enabled": false, "inputs": {"other": "s3://unused/data"}}]}
                """);
        emr.cli().run("-a", "create_cluster", "-t", "local", "-c", "here");
    }

    @AfterEach
    void tearDown() {
        emr.close();
    }

    private void put(String key, String text) {
        emr.aws().inspect(() -> {
            emr.aws().s3().write("ada", key, text.getBytes(UTF_8));
            return key;
        });
    }

    private CommandResult add(String... more) {
        return emr.run(
                Stream.concat(Stream.of("-a", "add_steps"), Stream.of(more)).toArray(String[]::new));
    }

    private long downloadCount() {
        return emr.aws().calls().named("GetObject").size();
    }

    private List<Path> filesBelow(String folder) throws IOException {
        try (Stream<Path> tree = Files.walk(emr.cli().path(folder))) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void downloadsEachInputOnceAndPassesItsLocalPath() throws IOException {
        CommandResult added = add();

        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.err())
                .contains("Fetching s3://ada/in/titles.csv into the workspace: 1 object, 16 B")
                .contains("Fetching s3://ada/in/stop into the workspace: 2 objects, 4 B");
        String run = emr.cli().text(".runner/runs/" + added.out().strip() + "/run.json");
        assertThat(run).containsPattern("input/[0-9a-f]{32}/titles.csv").containsPattern("input/[0-9a-f]{32}/stop");
        assertThat(run).doesNotContain("s3://ada").doesNotContain("s3a://ada");
        assertThat(filesBelow(".runner/cache")).hasSize(3);
        assertThat(emr.cli().path(".runner/input"))
                .isDirectoryRecursivelyContaining("glob:**/titles.csv")
                .isDirectoryRecursivelyContaining("glob:**/stop");
        assertThat(downloadCount()).isEqualTo(3);

        add();
        assertThat(downloadCount()).isEqualTo(3);
        put("in/titles.csv", "id,title\n2,Ulysses\n");
        add();
        assertThat(downloadCount()).isEqualTo(4);
    }

    @Test
    void rejectsAMissingInput() {
        CommandResult missing = add("-p", "titles=s3://ada/in/none.csv");

        assertThat(missing)
                .isEqualTo(new CommandResult(
                        3,
                        "",
                        "Step 'words' reads s3://ada/in/none.csv, which is neither an object nor a prefix of objects."
                                + LOCAL_COPY_HINT));
    }

    @Test
    void reportsAnAwsErrorWithItsStep() {
        emr.aws().faults().add(Fault.denied(), Calls.named("ListObjectsV2"));

        CommandResult refused = add();

        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err())
                .startsWith(
                        "Step 'words' reads s3://ada/in/titles.csv. Could not list s3://ada/in/titles.csv. AccessDenied: ")
                .endsWith("Ask your AWS administrator for this permission." + LOCAL_COPY_HINT);
    }

    @Test
    void asksForConfirmationOfLargeDownloads() throws IOException {
        emr.aws().s3().writeWithSize("ada", "in/titles.csv", 1_234_000_000);
        String question = "Fetch s3://ada/in/titles.csv (1.2 GB), s3://ada/in/stop (4 B) to DIR/.runner/cache?";

        assertThat(add()).isEqualTo(new CommandResult(5, "", question + " Not a terminal: pass --yes to confirm.\n"));
        emr.cli().withAnswer("n");
        assertThat(add()).isEqualTo(new CommandResult(5, "", question + " [y/N] Cancelled. Nothing was changed.\n"));
        assertThat(downloadCount()).isZero();
        assertThat(emr.cli().path(".runner/cache")).doesNotExist();

        assertThat(add("--yes").err())
                .startsWith("Fetching s3://ada/in/titles.csv into the workspace: 1 object, 1.2 GB\n")
                .contains("InvalidRange");
        assertThat(emr.cli().path(".runner/runs")).doesNotExist();
    }

    @Test
    void readsALocalCopyWithoutAws() {
        emr.cli().file("mine.csv", "x").file("steps.json", """
                {"parameters": {"titles": "s3://ada/in/titles.csv"},
                 "steps": [{"name": "words", "script_uri": "job.py", "inputs": {"titles": "${titles}"}}]}
                """);

        assertThat(emr.cli().run("-a", "add_steps", "-p", "titles=mine.csv").code())
                .isZero();
        assertThat(emr.aws().calls().of("s3")).isEmpty();
    }

    @Test
    void plansWithoutNetworkAndCredentials() {
        CommandResult plan = emr.cli().run("-a", "plan");

        assertThat(plan.code()).isZero();
        assertThat(plan.out()).contains("s3://ada/in/titles.csv");
    }
}
