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
    @TempDir
    Path directory;

    private EmrPrompt emr;
    private String cluster;

    @BeforeEach
    void begin() {
        emr = new EmrPrompt(directory);
        Pipelines.laidOut(emr.prompt());
        cluster = emr.create().out().strip();
        emr.aws()
                .emr()
                .steps(name -> StepScript.completesAfter(Duration.ofSeconds(40)).doing(this::write));
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

    @Test
    void addsExecutesAndFetchesAChain() {
        Said added = emr.type("-a", "add_steps");
        Said executed = emr.type("-a", "execute_steps");
        Said listed = emr.type("-a", "list_steps", "-idc", cluster);
        Said fetched = emr.type("-a", "fetch_output");

        assertThat(added.err()).isEqualTo("Next: -a execute_steps -idc " + cluster + "\n");
        assertThat(executed.err()).isEqualTo("x");
        assertThat(executed.out()).isEqualTo("x");
        assertThat(listed.out()).isEqualTo("x");
        assertThat(fetched.out()).isEqualTo("x");
    }
}
