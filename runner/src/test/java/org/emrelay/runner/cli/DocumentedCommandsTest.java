package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands of the documents, or says why one is not run here. */
final class DocumentedCommandsTest {
    private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^ {4}(?:\\$ )?((?:\\./runner\\.sh|java|mvn|benchmarks/)[^#\\n]*)");
    private static final Pattern JSON_BLOCK = Pattern.compile("(?s)```json\\n(.*?)```");
    private static final Pattern SQL_BLOCK = Pattern.compile("(?s)```sql\\n(.*?)```");
    private static final Pattern LOCAL_FILE = Pattern.compile("\"((?:scripts|sql|data|target|lib)/[^\"#]+)");

    /** The parameter of some recipes. */
    private static final String UNUSED_DAY =
            "warning: recipe.json: parameters.day: nothing uses this parameter. Remove it, or"
                    + " refer to it as ${day}.\n";

    /** Commands that are not run here, each with the reason. */
    private static final Map<String, String> NOT_RUN = Map.of(
            "mvn .*", "build commands",
            "benchmarks/.*", "benchmarks take minutes",
            ".*-a run -steps steps\\.json", "runs Spark: RootPipelineIT",
            ".*-a run (?:-steps (?!steps\\.json$)|--on-end ).*",
                    "runs Spark on data: tests of the jobs module, RootPipelineIT",
            ".*-t emr.*--check.*", "calls AWS: EmrPlanTest",
            ".*-a run .*-t emr.*", "calls AWS: EmrRunTest",
            ".*-a (?:report|start_stream|stop_stream|stream_status|delete_stream).*",
                    "needs a run or a stream: ReportActionTest, StreamActionsTest",
            ".*-a (?:create_cluster|describe_cluster|terminate_cluster) .*", "calls AWS: EmrLifeTest",
            ".*-a (?:add_steps|execute_steps|fetch_output|logs|list_steps|list_clusters).*", "calls AWS: EmrStepsTest",
            ".*-original.*", "files of the user: LegacyFilesTest");

    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void copyRepository() throws IOException {
        RepositoryFilesTest.copyTrackedFiles(directory);
        cli = new CliFixture(directory);
        RepositoryFilesTest.writeStubJars(cli, "steps.json");
        cli.file("stream.json", "{ \"name\": \"launches\", \"source\": { \"type\": \"synthetic\" } }");
    }

    static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Path document : documents()) {
            String text = Files.readString(document).replace("\\\n", " ");
            COMMAND.matcher(text)
                    .results()
                    .forEach(match -> commands.add(match.group(1).strip()));
        }
        return commands.stream().distinct().toList();
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents =
                new ArrayList<>(List.of(REPOSITORY.resolve("README.md"), REPOSITORY.resolve("CONTRIBUTING.md")));
        for (String folder : List.of("docs", "pipelines")) {
            try (Stream<Path> files = Files.walk(REPOSITORY.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
            }
        }
        return documents;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void documentedCommandsWork(String command) {
        if (command.startsWith("./runner.sh")) {
            assertThat(cli.run(arguments(command + " --help")).code())
                    .as("options of %s", command)
                    .isZero();
        }
        if (NOT_RUN.keySet().stream().noneMatch(command::matches)) {
            CommandResult result = cli.run(arguments(command));
            assertThat(result.err()).isEmpty();
            assertThat(result.code()).isZero();
        }
    }

    private static String[] arguments(String command) {
        return Arrays.stream(command.split("\\s+")).skip(1).toArray(String[]::new);
    }

    @Test
    void documentedRecipesAreValid() throws IOException {
        String text = Files.readString(REPOSITORY.resolve("docs").resolve("pipelines.md"));
        List<String> recipes = JSON_BLOCK
                .matcher(text)
                .results()
                .map(match -> match.group(1).strip())
                .toList();
        assertThat(recipes).hasSizeGreaterThanOrEqualTo(10);
        for (String recipe : recipes) {
            writeLocalFiles(recipe);
            cli.file("recipe.json", pipeline(recipe));

            assertThat(cli.run("-a", "validate", "-steps", "recipe.json", "-p", "day=2026-11-21"))
                    .as(recipe)
                    .extracting(result -> result.out().replace(UNUSED_DAY, ""))
                    .isEqualTo("recipe.json is valid.\n");
        }
    }

    /** Completes a fragment to a steps file. */
    private static String pipeline(String recipe) {
        String parameters = "\"parameters\": { \"day\": \"\" }, ";
        if (recipe.contains("\"steps\"")) {
            return recipe.contains("\"day\"") ? recipe : "{ " + merged(recipe);
        }
        String words = "{ \"name\": \"words\", \"script_uri\": \"scripts/words.py\" }";
        if (recipe.startsWith("{ \"defaults\"")) {
            return "{ " + parameters + recipe.substring(1, recipe.lastIndexOf('}'))
                    + ", \"steps\": [ { \"name\": \"one\" } ] }";
        }
        boolean needsWords = recipe.contains("\"from_step\": \"words\"");
        return "{ " + parameters + "\"steps\": [ " + (needsWords ? words + ", " : "") + recipe + " ] }";
    }

    private static String merged(String recipe) {
        return recipe.substring(1).replaceFirst("\"parameters\": \\{", "\"parameters\": { \"day\": \"\",");
    }

    private void writeLocalFiles(String recipe) throws IOException {
        for (String name : LOCAL_FILE
                .matcher(recipe + "\"scripts/words.py\"")
                .results()
                .map(match -> match.group(1).replace("*", "library"))
                .toList()) {
            Path file = cli.path(name);
            Files.createDirectories(file.getParent());
            if (name.endsWith(".jar") && !name.contains("lib/")) {
                writeJar(file);
            } else if (name.endsWith(".sql")) {
                Files.writeString(file, documentedSql());
            } else {
                Files.writeString(file, "");
            }
        }
    }

    private static String documentedSql() throws IOException {
        Matcher block =
                SQL_BLOCK.matcher(Files.readString(REPOSITORY.resolve("docs").resolve("pipelines.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static void writeJar(Path file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("org/example/CountWords.class"));
        }
    }
}
