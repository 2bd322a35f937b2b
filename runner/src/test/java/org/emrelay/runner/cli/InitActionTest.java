package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InitActionTest {
    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = new CliFixture(directory)
                .withEnvironment("XDG_CACHE_HOME", directory.resolve("cache").toString());
    }

    @Test
    void createsAPipelineOfSqlSteps() throws IOException {
        assertThat(cli.run("init", "my sales"))
                .isEqualTo(new CommandResult(0, """
                DIR/my sales/steps.json
                DIR/my sales/sql/large_orders.sql
                DIR/my sales/sql/revenue.sql
                DIR/my sales/data/orders.csv
                DIR/my sales/README.md
                DIR/my sales/.gitignore
                DIR/my sales/schemas/steps.schema.json
                """, "Next: runner.sh -a run -steps 'my sales/steps.json'\n"));

        assertThat(cli.text("my sales/steps.json")).contains("\"name\": \"my-sales\"");
        assertThat(cli.text("my sales/.gitignore")).contains(".runner/", "results/");
        assertThat(cli.text("my sales/schemas/steps.schema.json"))
                .isEqualTo(Files.readString(Path.of("..", "schemas", "steps.schema.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--sql", "--python"})
    void thePipelineIsValid(String kind) {
        assertThat(cli.run("init", "sales", kind).code()).isZero();

        assertThat(cli.run("validate", "sales/steps.json"))
                .isEqualTo(new CommandResult(0, "sales/steps.json is valid.\n", ""));
        assertThat(cli.text("sales/README.md")).startsWith("# sales\n").doesNotContain("@");
    }

    /** Whoever clones the pipeline has Spark elsewhere. */
    @Test
    void onlyIgnoredFilesNameALocationOnThisMachine() throws IOException {
        CommandResult result = cli.run("init", "sales", "--java");

        assertThat(result.code()).isZero();
        assertThat(cli.text("sales/.spark-jars")).startsWith("/").endsWith("/spark\n");
        assertThat(cli.text("sales/.gitignore")).contains("\n.spark-jars\n", "\njobs.jar\n");
        for (String file : result.out().replace("DIR/", "").lines().toList()) {
            if (!file.endsWith("/.spark-jars")) {
                assertThat(cli.text(file))
                        .as(file)
                        .doesNotContain(cli.text("sales/.spark-jars").strip());
            }
        }
    }

    @Test
    void usesTheCurrentDirectoryAndPrintsJson() {
        CommandResult result = cli.run("-a", "init", "--output", "json");

        assertThat(result.out()).startsWith("{\n  \"path\" : \"DIR\",\n  \"files\" : [\n    \"DIR/steps.json\",\n");
        assertThat(result.err()).isEmpty();
        assertThat(cli.run("validate").code()).isZero();
    }

    @Test
    void replacesNothing() {
        cli.file("sales/README.md", "mine").file("sales/data/other.csv", "");

        assertThat(cli.run("init", "sales"))
                .isEqualTo(new CommandResult(
                        5, "", "Nothing was written: DIR/sales already has README.md. Name another directory.\n"));
        assertThat(directory.resolve("sales")).isDirectoryNotContaining("glob:**steps.json");
        assertThat(cli.text("sales/README.md")).isEqualTo("mine");

        assertThat(cli.run("init", "sales/README.md"))
                .isEqualTo(new CommandResult(5, "", "DIR/sales/README.md is not a directory. Name another one.\n"));
    }

    @Test
    void replacesNoProgramOfTheUser() {
        cli.file("sales/jobs.jar", "mine");

        assertThat(cli.run("init", "sales", "--java"))
                .isEqualTo(new CommandResult(
                        5, "", "Nothing was written: DIR/sales already has jobs.jar. Name another directory.\n"));
        assertThat(cli.text("sales/jobs.jar")).isEqualTo("mine");
    }

    @Test
    void writesAllFilesOrNone() throws IOException {
        cli.file("sales/sql", "");
        Files.createSymbolicLink(directory.resolve("sales/README.md"), Path.of("nowhere"));
        Files.createSymbolicLink(directory.resolve("link"), Path.of("nowhere"));

        assertThat(cli.run("init", "sales"))
                .isEqualTo(new CommandResult(
                        5, "", "Nothing was written: DIR/sales already has sql, README.md. Name another directory.\n"));
        assertThat(cli.run("init", "link"))
                .isEqualTo(new CommandResult(5, "", "DIR/link is not a directory. Name another one.\n"));
        assertThat(directory.resolve("sales")).isDirectoryNotContaining("glob:**steps.json");
    }

    @Test
    void hasOneKindOfSteps() {
        assertThat(cli.run("init", "--sql", "--java"))
                .isEqualTo(new CommandResult(2, "", "--sql and --java cannot be combined.\n"));
        assertThat(List.of(directory.toFile().list())).isEmpty();
    }
}
