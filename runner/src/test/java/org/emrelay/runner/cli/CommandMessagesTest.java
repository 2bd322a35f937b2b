package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.platform.RunnerCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages name commands whole, so that they work when they are pasted. */
final class CommandMessagesTest {
    private static final Path SOURCES = Path.of("src/main/java");

    private static final Pattern COMMENT =
            Pattern.compile("/\\*.*?\\*/|(?<=\\s)//[^\\n]*|@Command\\(.*?\\)\\n", Pattern.DOTALL);
    private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"");
    private static final Pattern BARE_ACTION = Pattern.compile("(?<![\\w-])-a [a-z_]");
    private static final Pattern COMMAND = Pattern.compile("\\.action\\(\\s*\"([^\"]*)\"");

    @TempDir
    Path directory;

    @Test
    void noMessageNamesAnActionWithoutTheProgram() throws IOException {
        assertThat(bareActions(SOURCES)).isEmpty();
    }

    @Test
    void findsABareActionInAMessage() throws IOException {
        Files.writeString(
                directory.resolve("Found.java"),
                "/** Like {@code -a run}. */ // -a run\nString text = \"Fix it, then run -a\"\n + \" execute_steps.\";");

        assertThat(bareActions(directory)).containsExactly("\"Fix it, then run -a execute_steps.\"");
    }

    @Test
    void commandsInMessagesNameActions() throws IOException {
        List<String> named = sources(SOURCES).stream()
                .flatMap(source -> COMMAND.matcher(source).results())
                .map(match -> match.group(1))
                .distinct()
                .toList();

        assertThat(named).contains("execute_steps", "terminate_cluster");
        assertThat(Action.keys()).containsAll(named);
    }

    @Test
    void commandsHaveTheOptionsOfTheUserQuotedForAShell() {
        CliFixture cli = new CliFixture(directory).withProgramName("'/my tools/runner.sh'");

        assertThat(cli.run("create_cluster", "-t", "local", "-c", "demo", "--workspace", "my work", "--region", "x"))
                .isEqualTo(new CommandResult(
                        0,
                        "local-bb26934c\n",
                        "Next: '/my tools/runner.sh' -a add_steps -steps steps.json -idc local-bb26934c"
                                + " --workspace 'my work' --region x\n"));
        assertThat(cli.run(
                                "list_steps",
                                "--workspace",
                                "my work",
                                "--profile",
                                "it's",
                                "--endpoint-url",
                                "http://me:canary@localhost:4566")
                        .err())
                .isEqualTo("Cluster local-bb26934c has no run yet. Add one: '/my tools/runner.sh' -a add_steps -steps"
                        + " steps.json -idc local-bb26934c --workspace 'my work' --profile 'it'\\''s' --endpoint-url"
                        + " 'http://****@localhost:4566'\n");
    }

    @Test
    void anActionWithoutOptionsIsThatOfTheProgram() {
        assertThat(new RunnerCommand("./runner.sh", List.of()).action("list_steps"))
                .isEqualTo("./runner.sh -a list_steps");
    }

    private static List<String> bareActions(Path directory) throws IOException {
        return sources(directory).stream()
                .map(source -> CONCATENATION.matcher(source).replaceAll(""))
                .flatMap(source -> LITERAL.matcher(source).results())
                .map(MatchResult::group)
                .filter(literal -> BARE_ACTION.matcher(literal).find())
                .toList();
    }

    /** The code without comments. */
    private static List<String> sources(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(CommandMessagesTest::code)
                    .toList();
        }
    }

    private static String code(Path file) {
        try {
            return COMMENT.matcher(Files.readString(file)).replaceAll(" ");
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
