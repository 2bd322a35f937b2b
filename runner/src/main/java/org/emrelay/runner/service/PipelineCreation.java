package org.emrelay.runner.service;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.CreationReport;

/** Writes the files of a new pipeline, and never replaces one. */
public final class PipelineCreation {
    private final RunnerContext context;

    public PipelineCreation(RunnerContext context) {
        this.context = context;
    }

    /**
     * Creates the files, builds what has to be built, and prints the files and the next command.
     *
     * @param given the directory as on the command line; it need not exist
     */
    public ExitCode create(PipelineTemplate template, Path given, CommandOutput output)
            throws IOException, InterruptedException {
        Path directory = context.resolve(given);
        Map<String, String> files = template.files(name(directory), sparkJars());
        requireAbsent(
                directory,
                Stream.concat(files.keySet().stream(), template.built().stream())
                        .toList());
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.getValue(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        }
        boolean runs = template != PipelineTemplate.JAVA || build(directory);
        String command = context.command()
                .action("run", "-steps", given.resolve("steps.json").toString());
        output.print(CreationReport.ofPipeline(
                directory,
                files.keySet().stream()
                        .map(path -> directory.resolve(path).toString())
                        .toList(),
                runs
                        ? "Next: " + command
                        : "Next: in " + directory + ", run java Build.java with a JDK, then " + command));
        return ExitCode.DONE;
    }

    /** The Spark that local steps run on. */
    private Path sparkJars() {
        Path bundled = context.home().resolve("spark");
        String home = context.environment().getOrDefault("SPARK_HOME", "");
        return Files.isDirectory(bundled) || home.isBlank() ? bundled : Path.of(home, "jars");
    }

    /** The name of the directory, as far as it can be that of a pipeline. */
    private static String name(Path directory) {
        String name = String.valueOf(directory.getFileName())
                .replaceAll("[^A-Za-z0-9_.-]+", "-")
                .replaceAll("^[^A-Za-z0-9]+|-+$", "");
        return name.isEmpty() || name.length() > 64 ? "pipeline" : name;
    }

    /** Refuses to write files of which one exists already. */
    static void requireAbsent(Path directory, Collection<String> files) {
        if (exists(directory) && !Files.isDirectory(directory)) {
            throw CommandFailure.refused(directory + " is not a directory. Name another one.");
        }
        List<String> existing = files.stream()
                .flatMap(file -> Stream.concat(Stream.of(file), obstacle(directory, file)))
                .filter(file -> exists(directory.resolve(file)))
                .distinct()
                .toList();
        if (!existing.isEmpty()) {
            throw CommandFailure.refused("Nothing was written: " + directory + " already has "
                    + String.join(", ", existing) + ". Name another directory.");
        }
    }

    /** The file in the place of a folder. */
    private static Stream<String> obstacle(Path directory, String file) {
        return Optional.ofNullable(Path.of(file).getParent()).map(Path::toString).stream()
                .filter(folder -> !Files.isDirectory(directory.resolve(folder)));
    }

    /** A link to nowhere exists, too. */
    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Compiles the Java sources; false without a JDK or Spark's jars. */
    private static boolean build(Path directory) throws IOException, InterruptedException {
        Process build = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "Build.java")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .start();
        return build.waitFor() == 0;
    }
}
