package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.emr.StepProgram.Result;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests what a run leaves in the user's directory, and the page that it opens. */
final class EmrResultsTest {
    private static final String TWO_STEPS = """
            { "name": "sums", "defaults": { "script_uri": "job.py", "on_failure": "continue" },
              "steps": [ { "name": "good" }, { "name": "bad" } ] }
            """;

    @TempDir
    Path directory;

    private EmrCliFixture emr;

    @BeforeEach
    void setUp() {
        emr = new EmrCliFixture(directory);
        emr.cli().file("job.py", "print('job')\n").file("steps.json", TWO_STEPS);
        emr.aws()
                .emr()
                .scriptSteps(name -> name.contains("/bad/")
                        ? StepScript.failsAfter(Duration.ofSeconds(40), "Application failed")
                                .withLog("stdout", "checking the input\nThe input has no column 'price'.\n")
                        : StepScript.completesAfter(Duration.ofSeconds(40)).withProgram(this::writePage));
    }

    @AfterEach
    void tearDown() {
        emr.close();
    }

    private Result writePage(String step, List<String> arguments, Result scripted) {
        String output = arguments.get(arguments.indexOf("--output") + 1).substring("s3://".length());
        String bucket = output.substring(0, output.indexOf('/'));
        String key = output.substring(output.indexOf('/') + 1);
        emr.aws().s3().write(bucket, key + "/index.html", "<p>42</p>".getBytes(StandardCharsets.UTF_8));
        emr.aws().s3().write(bucket, key + "/_SUCCESS", new byte[0]);
        return scripted;
    }

    @Test
    void aFailedRunFetchesWhatDoesNotDependOnTheFailure() {
        CommandResult result = emr.run("-a", "run", "-t", "emr");

        assertThat(result.code()).isEqualTo(1);
        assertThat(emr.cli().text("results/sums/good/index.html")).isEqualTo("<p>42</p>");
        assertThat(result.out()).contains("""
                        bad failed: Application failed
                          Last lines of s3://""").contains("""
                        /stdout.gz:
                            checking the input
                            The input has no column 'price'.
                        """).endsWith("""
                        Fix the cause, then reuse the finished steps: runner.sh -a run -steps steps.json -t emr --resume
                        Results of the steps that finished: DIR/results/sums/good
                        Open file://DIR/results/sums/good/index.html
                        Report: file://DIR/results/sums/report.html
                        """);
    }

    @Test
    @Timeout(60)
    void opensThePageInTheBrowser() throws Exception {
        Path programs = Files.createDirectories(directory.resolve("programs"));
        Path opened = programs.resolve("opened");
        assertThat(new ProcessBuilder("mkfifo", opened.toString()).start().waitFor())
                .isZero();
        Path browser = Files.writeString(programs.resolve("xdg-open"), "#!/bin/sh\necho \"$1\" > '" + opened + "'\n");
        assertThat(browser.toFile().setExecutable(true)).isTrue();
        emr.cli().withEnvironment("PATH", programs.toString());

        CommandResult result = emr.run("-a", "run", "-t", "emr", "--only", "good", "--open", "--output", "json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("\"page\" : \"DIR/results/sums/good/index.html\"");
        assertThat(Files.readString(opened))
                .isEqualTo(emr.cli().path("results/sums/good/index.html").toUri() + "\n");
    }

    @Test
    void namesThePageIfItCannotBeOpened() {
        emr.cli().withEnvironment("PATH", "");

        CommandResult result = emr.run("-a", "run", "-t", "emr", "--only", "good", "--open");

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).contains("Open file://DIR/results/sums/good/index.html\n");
        assertThat(result.err())
                .endsWith("Cannot open the page: none of the programs xdg-open, open, wslview is on the PATH. Open"
                        + " file://DIR/results/sums/good/index.html in a browser.\n");
    }

    @Test
    void aFailureToFetchDoesNotHideTheRun() {
        emr.cli().file("results/sums/good/index.html", "mine").file("results/sums/bad/x", "");
        emr.aws()
                .emr()
                .scriptSteps(name ->
                        StepScript.completesAfter(Duration.ofSeconds(40)).withProgram(this::writePage));

        CommandResult result = emr.run("-a", "run", "-t", "emr");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.out())
                .contains("good  done   40 s")
                .contains("New: good, bad.\nResults: DIR/results/sums/bad\n");
        assertThat(result.err())
                .contains("overwrite 1 file in DIR/results/sums: good/index.html (not created by Emrelay).");
    }
}
