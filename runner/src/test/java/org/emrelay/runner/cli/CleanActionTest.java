package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.local.LocalResources;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletes data of old local runs that nothing needs. */
final class CleanActionTest {
    private static final List<String> STEPS = List.of("words", "counts", "clouds");

    private static final String TABLE = """
            RUN                   PIPELINE  DATA   LOGS   OUTPUTS OF
            20261121-034512-8ffa  clouds    150 B  100 B  words, counts, clouds
            """;

    @TempDir
    Path directory;

    /** What the first step has written beside its table. */
    private final List<String> hours = new ArrayList<>();

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = SampleFiles.writeTo(new CliFixture(directory));
        cli.run("-a", "create_cluster", "-t", "local", "-c", "demo");
    }

    /** Adds a run that is done, without executing it. */
    private String done(String... parameters) throws IOException {
        String run = (parameters.length == 0
                        ? cli.run("-a", "add_steps")
                        : cli.run("-a", "add_steps", "-p", parameters[0]))
                .out()
                .strip();
        LocalWorkspace workspace = LocalWorkspace.open(cli.path(".runner"));
        StringBuilder journal = new StringBuilder(event("\"event\":\"run_began\""));
        for (String hour : hours) {
            cli.file(".runner/output/clouds/" + run + "/words/posts/" + hour + "/part-0", "x".repeat(20));
        }
        for (String step : STEPS) {
            cli.file(".runner/output/clouds/" + run + "/" + step + "/part-0", "x".repeat(50))
                    .file(".runner/output/clouds/" + run + "/" + step + "/_SUCCESS", "")
                    .file(".runner/logs/" + run + "/" + step + "-1/stderr", "x".repeat(100 / STEPS.size() + 1));
            OutputSummary summary = workspace
                    .summary(workspace.uri("output/clouds/" + run + "/" + step))
                    .orElseThrow();
            journal.append(event("\"event\":\"attempt_submitted\",\"step\":\"" + step + "\",\"attempt\":1"))
                    .append(event("\"event\":\"attempt_succeeded\",\"step\":\"" + step
                            + "\",\"attempt\":1,\"summary\":{\"files\":" + summary.files() + ",\"bytes\":"
                            + summary.bytes() + ",\"digest\":\"" + summary.digest()
                            + "\"}"));
        }
        cli.file(".runner/logs/" + run + "/words-1/stderr", "x".repeat(100 - 2 * (100 / STEPS.size() + 1)));
        journal.append(event("\"event\":\"run_ended\",\"outcome\":\"DONE\""));
        cli.file(".runner/runs/" + run + "/events.jsonl", journal.toString());
        return run;
    }

    private static String event(String fields) {
        return "{\"time\":\"2026-11-21T03:46:00Z\"," + fields + "}\n";
    }

    private Path output(String run) {
        return cli.path(".runner/output/clouds/" + run);
    }

    @Test
    void deletesWhatANewerRunHasToo() throws Exception {
        String old = done();
        String newest = done();
        String plan = cli.run("-a", "plan", "--resume").out();

        assertThat(cli.run("-a", "clean", "--dry-run")).isEqualTo(new CommandResult(0, TABLE, ""));
        assertThat(cli.run("-a", "clean"))
                .isEqualTo(
                        new CommandResult(5, TABLE, "Delete 250 B of 1 run? Not a terminal: pass --yes to confirm.\n"));
        assertThat(output(old).resolve("words/part-0")).exists();
        assertThat(cli.run("-a", "clean", "--yes"))
                .isEqualTo(new CommandResult(0, TABLE + "Deleted 250 B of 1 run.\n", ""));

        assertThat(output(old)).doesNotExist();
        assertThat(cli.path(".runner/logs/" + old)).doesNotExist();
        assertThat(output(newest).resolve("words/part-0")).exists();
        assertThat(cli.path(".runner/logs/" + newest)).exists();
        assertThat(cli.run("-a", "plan", "--resume").out()).isEqualTo(plan);
        assertThat(cli.run("-a", "list_runs").out())
                .contains(old + "  clouds    done    ", "  0 B   ", newest + "  clouds    done    ");
        assertThat(cli.run("-a", "clean", "--yes"))
                .isEqualTo(new CommandResult(0, "Nothing to delete: later runs can reuse all data.\n", ""));
    }

    /** Whoever names a run for reuse learns that its data is gone. */
    @Test
    void resultsWhoseDataIsGoneAreNotReused() throws Exception {
        String old = done();
        done();
        cli.run("-a", "clean", "--yes");

        assertThat(cli.run("-a", "plan", "--resume", old).out())
                .contains("its output at DIR/.runner/output/clouds/" + old + "/words is gone");
        assertThat(cli.run("-a", "fetch_output", "--run", old))
                .isEqualTo(new CommandResult(
                        4,
                        "",
                        "clouds: fetching 50 B\nCannot fetch the results. DIR/.runner/output/clouds/" + old
                                + "/clouds does not exist.\n"));
    }

    @Test
    void keepsFoldersThatAnOutputRefersToAsLongAsItDoes() throws Exception {
        hours.addAll(List.of("hour=1", "hour=2"));
        String old = done();
        String newest = done();
        Path posts = output(old).resolve("words/posts");
        String references = ".runner/output/clouds/" + newest + "/words/_references.json";
        cli.file(references, "{\"references\":[\"file:" + posts + "/hour=1\",\"s3://bucket/posts/hour=0\"]}");

        assertThat(cli.run("-a", "clean", "--yes")).isEqualTo(new CommandResult(0, """
                        RUN                   PIPELINE  DATA   LOGS   OUTPUTS OF
                        20261121-034512-8ffa  clouds    170 B  100 B  words, counts, clouds
                        Deleted 270 B of 1 run.
                        """, ""));
        assertThat(filesBelow(output(old))).containsExactly("words/_partly_deleted", "words/posts/hour=1/part-0");
        assertThat(cli.run("-a", "clean", "--yes").out())
                .isEqualTo("Nothing to delete: later runs can reuse all data.\n");

        Files.delete(cli.path(references));
        assertThat(cli.run("-a", "clean", "--yes").out()).endsWith("Deleted 20 B of 1 run.\n");
        assertThat(output(old)).doesNotExist();
    }

    @Test
    void deletesNothingIfAnOutputDoesNotSayWhatItNeeds() throws Exception {
        String old = done();
        String newest = done();
        cli.file(".runner/output/clouds/" + newest + "/words/_references.json", "{}");

        assertThat(cli.run("-a", "clean", "--yes"))
                .isEqualTo(new CommandResult(
                        4,
                        "",
                        "DIR/.runner/output/clouds/" + newest + "/words/_references.json does not say what its output"
                                + " needs: references is missing. Delete that output.\n"));
        assertThat(output(old).resolve("words/part-0")).exists();
    }

    private static List<String> filesBelow(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void keepsResultsOfOtherParametersUnlessOutdatedOnesGo() throws Exception {
        String old = done("max_words=500");
        done();

        assertThat(cli.run("-a", "clean", "--dry-run").out()).isEqualTo("""
                        RUN                   PIPELINE  DATA   LOGS   OUTPUTS OF
                        20261121-034512-8ffa  clouds    100 B  100 B  words, counts
                        """);
        assertThat(cli.run("-a", "clean", "--yes").code()).isZero();
        assertThat(output(old).resolve("clouds/part-0")).exists();
        assertThat(output(old).resolve("words")).doesNotExist();

        assertThat(cli.run("-a", "clean", "--outdated", "--yes").out()).endsWith("Deleted 50 B of 1 run.\n");
        assertThat(output(old)).doesNotExist();
    }

    @Test
    void keepsNewerRunsOnRequest() throws Exception {
        done();
        done();
        String nothing = "Nothing to delete: later runs can reuse all data.\n";

        assertThat(cli.run("-a", "clean", "--keep", "2", "--yes").out()).isEqualTo(nothing);
        assertThat(cli.run("-a", "clean", "--older-than", "30d", "--yes").out()).isEqualTo(nothing);
        assertThat(cli.run("-a", "clean", "--older-than", "0h", "--dry-run").out())
                .isEqualTo(nothing);
        assertThat(cli.run("-a", "clean", "--keep", "0"))
                .isEqualTo(new CommandResult(
                        2, "", "--keep must be at least 1: the newest run of each pipeline keeps its data.\n"));
        assertThat(cli.run("-a", "clean", "--older-than", "soon").err())
                .contains("'soon' is not an age, such as 30d, 12h or 2w");
    }

    @Test
    void keepsTheUsersFilesAndWhatLinksLeadTo() throws Exception {
        String old = done();
        done();
        cli.file("data/titles.csv", "title").file(".runner/output/clouds/" + old + "/notes.txt", "mine");
        Files.move(output(old).resolve("words"), cli.path("moved"));
        Files.createSymbolicLink(output(old).resolve("words"), cli.path("moved"));
        Files.createSymbolicLink(output(old).resolve("counts/data"), cli.path("data"));

        CommandResult cleaned = cli.run("-a", "clean", "--yes");

        assertThat(cleaned.out()).endsWith("Deleted 150 B of 1 run.\n");
        assertThat(cleaned.err()).isEmpty();
        try (var left = Files.list(output(old))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("notes.txt", "words", "counts");
        }
        assertThat(cli.path("moved/part-0")).exists();
        assertThat(cli.path("data/titles.csv")).exists();
    }

    @Test
    void keepsWhatARunThatIsExecutedUses() throws Exception {
        String old = done();
        done();
        String other = cli.run("-a", "create_cluster", "-t", "local", "-c", "other")
                .out()
                .strip();
        try (WorkspaceLock lock =
                WorkspaceLock.acquire(LocalWorkspace.open(cli.path(".runner")), "run", Instant.parse(CliFixture.NOW))) {
            lock.lockCluster(new ClusterId(other));
            lock.execute(
                    new RunId(old),
                    new ExecutionPlan("clouds", Map.of(), List.of(), List.of()),
                    new LocalResources(1, 512));

            assertThat(cli.run("-a", "clean", "--yes").out())
                    .isEqualTo("Nothing to delete: later runs can reuse all data.\n");
        }
        assertThat(cli.run("-a", "clean", "--yes").out()).endsWith("Deleted 250 B of 1 run.\n");
    }

    @Test
    void deletesWhatAnInterruptedCleanupHasLeft() throws Exception {
        String old = done();
        done();
        cli.file(".runner/output/clouds/" + old + "/.words.1f.removed.tmp/part-0", "x")
                .file(".runner/logs/." + old + ".1f.removed.tmp/stderr", "x")
                .file(".runner/logs/spark/" + old + "/words-1/app-1", "x")
                .file(".runner/logs/spark/." + old + ".1f.removed.tmp/app-1", "x");

        cli.run("-a", "clean", "--yes");

        assertThat(output(old)).doesNotExist();
        assertThat(cli.path(".runner/logs/spark").toFile().list()).isEmpty();
        assertThat(cli.path(".runner/logs/." + old + ".1f.removed.tmp")).doesNotExist();
    }

    @Test
    void printsJson() throws Exception {
        done();
        done();
        String document = """
                {
                  "runs" : [
                    {
                      "run_id" : "20261121-034512-8ffa",
                      "pipeline" : "clouds",
                      "steps" : [
                        "words",
                        "counts",
                        "clouds"
                      ],
                      "data_bytes" : 150,
                      "log_bytes" : 100
                    }
                  ],
                  "bytes" : 250,
                  "deleted" : %s
                }
                """;

        assertThat(cli.run("-a", "clean", "--output", "json"))
                .isEqualTo(new CommandResult(
                        5,
                        document.formatted("false"),
                        "Delete 250 B of 1 run? Not a terminal: pass --yes to confirm.\n"));
        assertThat(cli.withAnswer("y").run("-a", "clean", "--output", "json"))
                .isEqualTo(new CommandResult(0, document.formatted("true"), "Delete 250 B of 1 run? [y/N] "));
    }

    @Test
    void refusesToCleanOnEmr() {
        assertThat(cli.run("-a", "clean", "-t", "emr"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "clean deletes data of local runs only, not on Amazon EMR. There, delete the folders of old runs"
                                + " below output/ of the bucket.\n"));
    }
}
