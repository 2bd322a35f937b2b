package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaActionTest {
    private static final Path SCHEMAS = Path.of("..", "schemas");

    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = new CliFixture(directory);
    }

    private static String schema(String name) throws IOException {
        return Files.readString(SCHEMAS.resolve(name + ".schema.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"steps", "cluster", "stream", "report"})
    void printsTheSchema(String name) throws IOException {
        assertThat(cli.run("-a", "schema", name)).isEqualTo(new CommandResult(0, schema(name), ""));
        assertThat(cli.run("-a", "schema", name, "--output", "json")).isEqualTo(new CommandResult(0, schema(name), ""));
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"steps", "cluster", "stream", "report"})
    void writesTheSchemaToADirectory(String name) throws IOException {
        String file = "sub/schemas/" + name + ".schema.json";

        assertThat(cli.run("-a", "schema", name, "--to", "sub/schemas"))
                .isEqualTo(new CommandResult(0, "DIR/" + file + "\n", ""));
        assertThat(cli.text(file)).isEqualTo(schema(name));
    }

    @Test
    void printsThePathAsJson() {
        assertThat(cli.run("-a", "schema", "steps", "--to", ".", "--output", "json"))
                .isEqualTo(new CommandResult(0, """
                        {
                          "path" : "DIR/steps.schema.json"
                        }
                        """, ""));
    }

    @Test
    void replacesAnExistingFile() throws IOException {
        cli.file("steps.schema.json", "outdated");

        assertThat(cli.run("-a", "schema", "steps", "--to", ".").code()).isZero();
        assertThat(cli.text("steps.schema.json")).isEqualTo(schema("steps"));
    }

    @Test
    void acceptsTheNameInUpperCase() throws IOException {
        assertThat(cli.run("-a", "schema", "STEPS").out()).isEqualTo(schema("steps"));
    }

    @Test
    void rejectsAnUnknownSchema() {
        assertThat(cli.run("-a", "schema", "step"))
                .isEqualTo(usage(
                        "Invalid value for positional parameter at index 0 (steps|cluster|stream|report): 'step' is not steps"
                                + " or cluster or stream or report."));
    }

    @Test
    void requiresASchema() {
        assertThat(cli.run("-a", "schema"))
                .isEqualTo(usage("Missing required parameter: 'steps|cluster|stream|report'."));
    }

    @Test
    void rejectsASecondSchema() {
        assertThat(cli.run("-a", "schema", "steps", "cluster")).isEqualTo(usage("Unknown argument 'cluster'."));
    }

    @Test
    void failsOnADirectoryThatIsAFile() {
        cli.file("taken", "");

        CommandResult result = cli.run("-a", "schema", "steps", "--to", "taken");

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err()).startsWith("DIR/taken: ").hasLineCount(1);
    }

    private static CommandResult usage(String message) {
        return new CommandResult(2, "", message + " See runner.sh -a schema --help.\n");
    }
}
