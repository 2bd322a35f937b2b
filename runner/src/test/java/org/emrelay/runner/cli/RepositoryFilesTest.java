package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Validates and plans this repository's pipelines for both platforms, whether or not their jobs are built. */
final class RepositoryFilesTest {
    private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();
    private static final Pattern MAIN_CLASS = Pattern.compile("\"main_class\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern JAR = Pattern.compile("\"script_uri\"\\s*:\\s*\"([^\"]+\\.jar)\"");
    private static final Pattern JARS = Pattern.compile("\"([^\"]+)/\\*\\.jar\"");

    @TempDir
    Path directory;

    static Stream<String> pipelines() throws IOException {
        Stream<String> root = Stream.of("steps.json");
        Path others = REPOSITORY.resolve("pipelines");
        if (!Files.isDirectory(others)) {
            return root;
        }
        try (Stream<Path> folders = Files.list(others)) {
            return Stream.concat(
                    root,
                    folders
                            .map(folder -> folder.resolve("steps.json"))
                            .filter(Files::exists)
                            .map(file -> REPOSITORY.relativize(file).toString())
                            .sorted()
                            .toList()
                            .stream());
        }
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void validatesAndPlans(String steps) throws IOException {
        copyTrackedFiles(directory);
        CliFixture cli = new CliFixture(directory);
        writeStubJars(cli, steps);

        assertThat(cli.text(steps))
                .as("a step with retries does not travel inside RunJobFlow")
                .doesNotContain("\"retries\"");
        for (String target : new String[] {"local", "emr"}) {
            assertThat(cli.run("-a", "validate", "-steps", steps, "-t", target))
                    .isEqualTo(new CommandResult(0, steps + " is valid.\n", ""));
            CommandResult plan = cli.run("-a", "plan", "-steps", steps, "-t", target);
            assertThat(plan.code()).isZero();
            assertThat(plan.err()).isEmpty();
            assertThat(plan.out()).startsWith("Pipeline ");
        }
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void validatesWithTheSmallCluster(String steps) throws IOException {
        copyTrackedFiles(directory);
        CliFixture cli = new CliFixture(directory);
        writeStubJars(cli, steps);

        assertThat(cli.run("-a", "validate", "-steps", steps, "-t", "emr", "-cluster", "cluster-small.json"))
                .isEqualTo(new CommandResult(0, steps + " is valid.\n", ""));
    }

    /** Copies the tracked files that a pipeline may refer to, without sources and build outputs. */
    static void copyTrackedFiles(Path directory) throws IOException {
        for (String name :
                new String[] {"cluster-ec2-spot-fleet.json", "cluster-small.json", "steps.json", "bootstrap-action.sh"
                }) {
            Files.copy(REPOSITORY.resolve(name), directory.resolve(name));
        }
        for (String name : new String[] {"pipelines", "data"}) {
            if (Files.isDirectory(REPOSITORY.resolve(name))) {
                copyTree(REPOSITORY.resolve(name), directory.resolve(name));
            }
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException exception) {
                    throw new UncheckedIOException(exception);
                }
            });
        }
    }

    /** Writes jars with the main classes of the steps file. That the real jars contain them is tested where they run. */
    static void writeStubJars(CliFixture cli, String steps) throws IOException {
        String text = cli.text(steps);
        Path folder = cli.path(steps).getParent();
        Matcher jar = JAR.matcher(text);
        while (jar.find()) {
            Path file = folder.resolve(jar.group(1)).normalize();
            Files.createDirectories(file.getParent());
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                for (String type : MAIN_CLASS
                        .matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .distinct()
                        .toList()) {
                    zip.putNextEntry(new ZipEntry(type.replace('.', '/') + ".class"));
                }
            }
        }
        Matcher jars = JARS.matcher(text);
        while (jars.find()) {
            Path lib = folder.resolve(jars.group(1)).normalize();
            Files.createDirectories(lib);
            Files.writeString(lib.resolve("library.jar"), "");
        }
    }
}
