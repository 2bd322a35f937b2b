package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform is a plug: one that only this test knows serves every action, without a change to the product. */
final class MemoryClusterPlatformTest {
    @TempDir
    Path directory;

    private final MemoryClusterPlatform platform = new MemoryClusterPlatform();
    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = SampleFiles.writeTo(new CliFixture(directory)).withPlatform(platform);
    }

    private String out(String... arguments) {
        CommandResult result = cli.run(arguments);
        assertThat(result.code()).as(result.err()).isZero();
        return result.out();
    }

    @Test
    void validatesAndPlans() {
        assertThat(out("-a", "validate", "-t", "memory")).isEqualTo("steps.json is valid.\n");
        assertThat(out("-a", "plan", "-t", "memory")).isEqualTo(out("-a", "plan", "-t", "local"));
    }

    @Test
    void thePlanShowsWhatARunWouldReuse() {
        String run = out("-a", "run", "-t", "memory", "--output", "json")
                .replaceAll("(?s).*\"run_id\" : \"([^\"]+)\".*", "$1");
        String reused = "   now          reuses the result of " + run + " (2026-11-21T03:45:12Z)\n";

        String same = out("-a", "plan", "-t", "memory", "--resume");
        assertThat(same.replace(reused, "")).isEqualTo(out("-a", "plan", "-t", "memory"));
        assertThat(same.split(java.util.regex.Pattern.quote(reused), -1)).hasSize(4);

        assertThat(out("-a", "plan", "-t", "memory", "--resume", "-p", "max_words=500"))
                .contains(reused, "   now          runs: args.max-words changed: 300 → 500\n");
        assertThat(out("-a", "plan", "-t", "memory", "--only", "counts"))
                .contains(
                        reused,
                        "   now          runs: selected by --only\n",
                        "   now          does not run: not selected (--only)\n");
        assertThat(out("-a", "plan", "-t", "memory", "--resume", run, "--output", "json"))
                .contains("""
                      "run" : {
                        "reused_from" : "%s",
                        "since" : "2026-11-21T03:45:12Z",
                        "output" : "memory:/output/clouds/%s/words",
                        "outdated" : null
                      }
                """.formatted(run, run));
        assertThat(cli.run("-a", "plan", "-t", "memory", "--from", "cuonts").code())
                .isEqualTo(2);
    }

    @Test
    void checksThePlanThatIsShown() {
        String shown = out("-a", "plan", "-t", "memory", "--output", "json");
        out("-a", "validate", "-t", "memory");

        assertThat(platform.checkedPlans).hasSize(2);
        assertThat(shown).contains(fingerprint(0)).doesNotContain(fingerprint(1));
    }

    private String fingerprint(int plan) {
        return platform.checkedPlans.get(plan).steps().get(0).fingerprint().value();
    }

    @Test
    void isNamedInHelpAndErrors() {
        assertThat(out("-a", "run", "--help"))
                .contains(
                        "local|emr|memory", "Platform: local (default; no cost) or Amazon EMR or memory (for tests).");
        assertThat(cli.run("-a", "validate", "-t", "aws").err())
                .startsWith("Invalid value for option '--target': 'aws' is not local or emr or memory.");
        assertThat(cli.run("-a", "describe_cluster", "-idc", "x"))
                .isEqualTo(new CommandResult(
                        2,
                        "",
                        "-idc 'x' is not a valid cluster id, such as local-1a2b3c4d or j-ABCDEFGHIJKL or memory-1.\n"));
        assertThat(cli.run("-a", "describe_cluster", "-idc", "memory-1", "-t", "local"))
                .isEqualTo(
                        new CommandResult(2, "", "memory-1 is a cluster in memory, not a local one: omit -t local.\n"));
    }

    @Test
    void executesStepsThatAreAddedToACluster() {
        assertThat(out("-a", "create_cluster", "-t", "memory", "-c", "demo")).isEqualTo("memory-1\n");

        String run = out("-a", "add_steps").strip();
        assertThat(out("-a", "execute_steps", "-idc", "memory-1")).endsWith("""

                Done in 0.0 s. New: words, counts, clouds. Fetch the results: runner.sh -a fetch_output -idc memory-1
                Report: file://DIR/results/clouds/report.html
                """);

        assertThat(out("-a", "list_steps", "-c", "demo"))
                .startsWith("Run " + run + " of clouds on memory-1:\n")
                .containsSubsequence("words   done", "counts  done", "clouds  done");
        assertThat(out("-a", "fetch_output", "--to", "fetched")).endsWith("fetched/clouds\n");
        assertThat(cli.text("fetched/clouds/part-00000")).isEqualTo("by clouds/1");
    }

    @Test
    void listsDescribesAndTerminatesItsClustersBesideThoseOfOtherPlatforms() {
        String local = out("-a", "create_cluster", "-t", "local", "-c", "here").strip();
        out("-a", "create_cluster", "-t", "memory", "-c", "demo");

        assertThat(out("-a", "list_clusters")).contains(local).endsWith("\nmemory-1 'demo' UP\n");
        assertThat(out("-a", "list_clusters", "-t", "memory")).isEqualTo("memory-1 'demo' UP\n");
        assertThat(out("-a", "describe_cluster", "-c", "demo")).isEqualTo("Cluster memory-1 'demo' UP\n");
        assertThat(cli.run("-a", "describe_cluster"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "This workspace has both a local cluster and a cluster in memory that are up. Select one with"
                                + " -t local or -t memory.\n"));

        assertThat(out("-a", "terminate_cluster", "-idc", "memory-1")).isEqualTo("removed cluster memory-1\n");
        assertThat(out("-a", "list_clusters", "--output", "json")).contains("\"state\" : \"ENDED\"");
    }

    @Test
    void runsAPipelineOnAClusterOfItsOwn() {
        assertThat(out("-a", "run", "-t", "memory", "--to", "fetched"))
                .endsWith("\nResults: DIR/fetched/clouds\nReport: file://DIR/fetched/report.html\n");

        assertThat(cli.text("fetched/clouds/part-00000")).isEqualTo("by clouds/1");
        assertThat(out("-a", "list_clusters", "-t", "memory")).isEqualTo("memory-1 'clouds' ENDED\n");
    }

    @Test
    void reusesTheResultsOfAnEarlierRun() {
        out("-a", "run", "-t", "memory");

        assertThat(out("-a", "run", "-t", "memory", "--resume"))
                .containsSubsequence("words   reused", "counts  reused", "clouds  reused");
    }

    @Test
    void runsSqlAgainWhenItsFileOrAValueChanges() {
        cli.withEnvironment("XDG_CACHE_HOME", directory.resolve("cache").toString())
                .file("steps.json", """
                        { "parameters": { "least": 1 },
                          "steps": [ { "name": "long", "sql": "long.sql", "inputs": { "titles": "titles.csv" },
                                       "args": { "least": "${least}" } } ] }
                        """)
                .file("long.sql", "SELECT * FROM titles WHERE length(title) >= :least");
        assertThat(out("-a", "run", "-t", "memory")).contains("long  done");

        assertThat(out("-a", "plan", "-t", "memory", "--resume")).contains("reuses the result of");
        assertThat(out("-a", "plan", "-t", "memory", "--resume", "-p", "least=2"))
                .contains("runs: args.least changed: 1 → 2\n");
        cli.file("long.sql", "SELECT title FROM titles WHERE length(title) >= :least");
        assertThat(out("-a", "plan", "-t", "memory", "--resume")).contains("runs: sql changed: long.sql@");
    }

    @Test
    void deletesSteps() {
        out("-a", "create_cluster", "-t", "memory", "-c", "demo");
        out("-a", "add_steps");

        assertThat(out("-a", "delete_steps", "clouds", "--yes")).contains("clouds");
        assertThat(out("-a", "execute_steps")).contains("counts  done").doesNotContain("clouds  done");
    }

    @Test
    void leavesNoOrphans() {
        assertThat(cli.run("-a", "list_clusters", "--orphans", "-t", "memory"))
                .isEqualTo(new CommandResult(2, "", "--orphans searches AWS: omit -t memory.\n"));
    }
}
