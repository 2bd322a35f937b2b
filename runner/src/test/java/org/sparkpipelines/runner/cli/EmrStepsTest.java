package org.sparkpipelines.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkpipelines.runner.cli.Prompt.Said;
import org.sparkpipelines.runner.platform.emr.fakeaws.emr.StepScript;
import org.sparkpipelines.runner.platform.emr.fakeaws.emr.StepWork.Done;

/** Steps on EMR from the command line: added, executed, looked at and collected. */
final class EmrStepsTest {
    private static final String TRACE = """
            Exception in thread "main" java.lang.IllegalArgumentException: no column 'title' in s3://books/titles.csv
            \tat org.example.Words.main(Words.java:17)
            """;

    @TempDir
    Path directory;

    private EmrPrompt emr;
    private String cluster;

    @BeforeEach
    void begin() {
        emr = new EmrPrompt(directory);
        Pipelines.laidOut(emr.prompt());
        emr.aws()
                .emr()
                .steps(name -> StepScript.completesAfter(Duration.ofSeconds(40)).doing(this::write));
    }

    private void create() {
        cluster = emr.create().out().strip();
    }

    @AfterEach
    void end() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().unknown()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
        emr.close();
    }

    /** A step of Spark's leaves a part and the mark that all are there. */
    private Done write(String step, List<String> words, Done asScripted) {
        String uri = words.get(words.indexOf("--output") + 1).substring("s3://".length());
        String bucket = uri.substring(0, uri.indexOf('/'));
        String key = uri.substring(uri.indexOf('/') + 1);
        emr.aws().s3().write(bucket, key + "/part-00000.csv", "word\nemma\n".getBytes(StandardCharsets.UTF_8));
        emr.aws().s3().write(bucket, key + "/_SUCCESS", new byte[0]);
        return asScripted;
    }

    private Said type(String... arguments) {
        Said said = emr.type(arguments);
        System.out.println("@@ " + String.join(" ", arguments) + " -> " + said.code() + "\n-- out\n" + said.out()
                + "-- err\n" + said.err());
        return said;
    }

    @Test
    void addsExecutesAndFetchesAChain() {
        create();
        type("-a", "add_steps");
        type("-a", "execute_steps");
        type("-a", "list_steps", "-idc", cluster);
        type("-a", "execute_steps");
        type("-a", "fetch_output");
    }

    @Test
    void tellsWhyAStepFailed() {
        create();
        emr.aws()
                .emr()
                .steps(name -> StepScript.failsAfter(Duration.ofSeconds(40), "Application failed")
                        .withLog("stderr", TRACE));
        type("-a", "add_steps");
        type("-a", "execute_steps");
        type("-a", "logs");
        type("-a", "list_steps");
    }

    @Test
    void takesStepsOut() {
        create();
        type("-a", "add_steps");
        type("-a", "delete_steps", "clouds", "--yes");
        type("-a", "delete_steps", "--yes", "--output", "json");
        type("-a", "execute_steps");
    }

    @Test
    void letsTheNodesReachTheBucketsThatStepsName() {
        create();
        type("-a", "add_steps", "-p", "titles=s3://books/titles.csv");
        type("-a", "add_steps", "-p", "titles=s3://books/titles.csv");
    }

    @Test
    void runsOnAClusterOfItsOwn() {
        type("-a", "run", "-t", "emr");
        System.out.println(emr.aws().remaining());
        emr.aws()
                .emr()
                .steps(name -> StepScript.failsAfter(Duration.ofSeconds(40), "Application failed")
                        .withLog("stderr", TRACE));
        type("-a", "run", "-t", "emr", "--resume", "--from", "counts");
        System.out.println(emr.aws().remaining());
    }
}
