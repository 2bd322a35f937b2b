package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.emrelay.runner.Sampling;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.FakeAws;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What YARN, its shells and Spark in cluster mode do to a step. */
@Tag("servers")
final class YarnStepsIT {
    private static final List<String> TRAPS = List.of(
            "two words",
            "",
            "don't",
            "she said \"no\"",
            "`echo executed`",
            "$(echo executed) $HOME ${HOME} $",
            "C:\\dir\\",
            "a\\\\b \\\"c\\\" \\'d\\' \\`e\\` \\$f",
            "{\"json\": {\"list\": [1, \"\\u00fc\"]} }",
            "*? ~ # ! & | ; < > ( ) % ^",
            "line one\nline two\tand a tab",
            "ü ß € 日本 \uD83D\uDE00");

    private static final String SPECIAL = "\\`\"'$()<>&|;!*?~#%^[] \n\t=ab1üß€";

    private static final List<String> TEXTS =
            Stream.concat(TRAPS.stream(), randomTexts().stream()).toList();

    @TempDir
    static Path directory;

    private static YarnFixture yarn;

    private static List<String> randomTexts() {
        Random random = Sampling.random();
        return IntStream.range(0, 12)
                .mapToObj(text -> random.ints(12, 0, SPECIAL.length())
                        .mapToObj(index -> String.valueOf(SPECIAL.charAt(index)))
                        .collect(Collectors.joining()))
                .toList();
    }

    @BeforeAll
    static void createCluster() throws Exception {
        yarn = new YarnFixture(directory, "steps", 1, Map.of(), Map.of(), "company/teams/books");
    }

    @AfterAll
    static void close() {
        yarn.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "client"})
    void argumentsAndVariablesArriveUnchanged(String deployMode) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--output", "${output}"));
        TEXTS.forEach(text -> arguments.add(text.replace("${", "$${")));
        Map<String, String> variables = new TreeMap<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            variables.put("TEST_" + (char) ('A' + i), TEXTS.get(i).replace("${", "$${"));
        }

        YarnFixture.succeed(yarn.execute(List.of(Map.of(
                "name", deployMode,
                "main_class", "endtoend.ReportSurroundings",
                "deploy_mode", deployMode,
                "args", arguments,
                "env", variables))));

        List<String> lines = yarn.outputLines(deployMode);
        assertThat(decoded(lines, "argument")).isEqualTo(TEXTS);
        for (String where : List.of("driver", "executor")) {
            assertThat(IntStream.range(0, TEXTS.size())
                            .boxed()
                            .flatMap(i -> decoded(lines, where + "-variable-TEST_" + (char) ('A' + i)).stream())
                            .toList())
                    .as(where)
                    .isEqualTo(TEXTS);
        }
    }

    @Test
    void filesReachDriverAndExecutors() throws Exception {
        yarn.emr().cli().file("data/test-plain.txt", "plain");
        try (OutputStream zip = Files.newOutputStream(yarn.emr().cli().path("data/packed.zip"));
                ZipOutputStream entries = new ZipOutputStream(zip)) {
            entries.putNextEntry(new ZipEntry("inner/ü.txt"));
            entries.write("packed".getBytes(StandardCharsets.UTF_8));
        }

        YarnFixture.succeed(yarn.execute(List.of(Map.of(
                "name", "files",
                "main_class", "endtoend.ReportSurroundings",
                "args", List.of("--output", "${output}"),
                "files", List.of("data/test-plain.txt"),
                "archives", List.of("data/packed.zip#test-archive")))));

        List<String> lines = yarn.outputLines("files");
        for (String where : List.of("driver", "executor")) {
            assertThat(decoded(lines, where + "-file"))
                    .as(where)
                    .containsExactly("test-archive/inner/ü.txt: packed", "test-plain.txt: plain");
        }
    }

    /** S3A reads and writes with exactly the policies of the nodes: in buckets of the user, and in folders that do not exist yet. */
    @Test
    void locationsThatAStepNamesAreReachable() throws Exception {
        FakeAws aws = yarn.emr().aws();
        List.of("books", "results", "tables").forEach(aws.account()::bucket);
        aws.account().object("books", "titles/part-0.txt", "Emma\n");
        aws.account().object("books", "titles/part-1.txt", "Persuasion\n");

        YarnFixture.succeed(yarn.execute(List.of(Map.of(
                "name", "locations",
                "main_class", "endtoend.CopyTwice",
                "inputs", Map.of("titles", "s3://books/titles/*.txt"),
                "output", Map.of("uri", "s3://results/2026/titles"),
                "args", Map.of("copy", "s3://tables/daily/titles"),
                "writes", List.of("s3://tables/daily")))));

        Map.of("results", "2026", "tables", "daily")
                .forEach((bucket, folder) -> assertThat(yarn.lines(bucket, folder + "/titles/part-.*"))
                        .as(bucket)
                        .containsExactlyInAnyOrder("Emma", "Persuasion"));
    }

    @Test
    void aSqlFileReadsItsInputsAndGetsItsValuesUnchanged() throws Exception {
        yarn.emr().cli().file("orders.csv", "id,kind\n1,book\n2,music\n3,\n").file("orders.sql", """
                CREATE TEMPORARY VIEW chosen AS SELECT id, kind FROM orders WHERE array_contains(:kinds, kind);
                SELECT id * 2 AS twice, :text AS text FROM chosen;
                """);
        String text = "don't \"$(echo executed)\" \\ `x` :kinds";

        YarnFixture.succeed(yarn.execute(List.of(Map.of(
                "name", "query",
                "for_each", Map.of("kind", List.of("book")),
                "sql", "orders.sql",
                "inputs", Map.of("orders", "orders.csv"),
                "output", Map.of("format", "json"),
                "args", Map.of("kinds", List.of("${each.kind}", "film"), "text", text)))));

        assertThat(yarn.outputLines("query.kind=book"))
                .containsExactly("{\"twice\":2,\"text\":\"don't \\\"$(echo executed)\\\" \\\\ `x` :kinds\"}");
    }

    /** EMR kills only spark-submit; the runner's cleanup step kills the application. */
    @Test
    void aStepThatTimesOutLeavesNoApplication() throws Exception {
        CommandResult executed = yarn.execute(
                List.of(Map.of("name", "waiting", "main_class", "endtoend.WaitForever", "timeout", "12m")));

        assertThat(executed.out()).contains("\"reason\" : \"timed out after 12m\"");
        assertThat(executed.out()).contains("\"hint\" : null").doesNotContain("exit code 137");
        assertThat(yarn.activeApplications()).isEmpty();
    }

    private static List<String> decoded(List<String> lines, String kind) {
        return lines.stream()
                .filter(line -> line.startsWith(kind + " "))
                .map(line -> new String(
                        Base64.getDecoder().decode(line.substring(kind.length() + 1)), StandardCharsets.UTF_8))
                .toList();
    }
}
