package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.endtoend.BuildArtifacts;
import org.emrelay.runner.platform.local.FakeClusterSpark;

/** A run of a pipeline on this machine, by runner.jar in a process, to compare its outputs with those of a cluster. */
final class LocalRun {
    private final Path directory;
    private final Process process;

    private LocalRun(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    static LocalRun start(Path directory, Path steps, String... parameters) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-jar", BuildArtifacts.runnerJar().toString()));
        arguments.addAll(List.of("-a", "run", "-steps", steps.toString()));
        arguments.addAll(Arrays.asList(parameters));
        return new LocalRun(directory, startJava(Files.createDirectories(directory), arguments));
    }

    private static Process startJava(Path directory, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
    }

    /** Waits for the end. Returns the directory with the outputs of the steps. */
    Path awaitOutput() throws IOException, InterruptedException {
        awaitSuccess(directory, process);
        try (Stream<Path> pipelines = Files.list(directory.resolve(".runner/output"))) {
            Path pipeline = pipelines.findFirst().orElseThrow();
            try (Stream<Path> runs = Files.list(pipeline)) {
                return runs.filter(run -> !run.endsWith("latest")).findFirst().orElseThrow();
            }
        }
    }

    private static String awaitSuccess(Path directory, Process process) throws IOException, InterruptedException {
        int exitCode = process.waitFor();
        String output = Files.readString(directory.resolve("out"));
        assertThat(exitCode).as(output).isZero();
        return output;
    }

    /**
     * Compares tables in local directories. Returns a line per table: its number of rows, or the first difference.
     *
     * @param tables for each a format and two directories
     */
    static List<String> compareTables(Path directory, List<String> tables) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(FakeClusterSpark.jvmFlags());
        arguments.addAll(
                List.of("-Dspark.master=local[2]", "-Dspark.ui.enabled=false", "-Dspark.log.level=ERROR", "-cp"));
        try (Stream<Path> spark = Files.list(BuildArtifacts.sparkDirectory())) {
            arguments.add(Stream.concat(Stream.of(BuildArtifacts.stepsJar()), spark)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator)));
        }
        arguments.add("endtoend.CompareTables");
        arguments.addAll(tables);
        return awaitSuccess(directory, startJava(Files.createDirectories(directory), arguments))
                .lines()
                .filter(line -> line.matches("\\d+ equal rows|different: .*"))
                .toList();
    }
}
