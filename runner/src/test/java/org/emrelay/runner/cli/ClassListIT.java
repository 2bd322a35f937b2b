package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.SimulatedClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The class list of the runner's AppCDS archive, against the classes that commands load.
 *
 * <p>With {@code -Dupdate.documents=true}, records the list again. A list that is not up to date only costs start-up time.
 */
final class ClassListIT {
    private static final Path LIST = Path.of("src/main/resources/org/emrelay/runner/cli/classes.txt");

    /** Packages move and the SDK changes; below this share, recording the list again is worth the change. */
    private static final double MIN_SHARE = 0.85;

    private static final Duration STEP = Duration.ofMillis(100);

    @TempDir
    Path directory;

    @Test
    void containsMostClassesOfCreatingACluster() throws Exception {
        try (FakeAws aws = FakeAws.start()) {
            prepare();
            advanceInRealTime(aws.clock());
            Set<String> loaded = clusterCommand(aws, "create_cluster", "-c", "demo", "--no-wait");
            if (Boolean.getBoolean("update.documents")) {
                recordOthers(aws, loaded);
                Files.write(LIST, loaded);
            }
            Set<String> listed = new TreeSet<>(Files.readAllLines(LIST));
            long found = loaded.stream().filter(listed::contains).count();
            assertThat((double) found / loaded.size())
                    .as("share of the classes in " + LIST + "; to record it again, see CONTRIBUTING.md")
                    .isGreaterThan(MIN_SHARE);
        }
    }

    private void prepare() throws IOException {
        for (String name : List.of(EmrCliFixture.CLUSTER_FILE, "bootstrap-action.sh")) {
            Files.writeString(directory.resolve(name), EmrCliFixture.repositoryFile(name));
        }
        Files.writeString(directory.resolve("job.py"), "");
        Files.writeString(directory.resolve("wrong.json"), "{\"steps\": [{\"name\": \"a b\"}]}");
        Files.writeString(directory.resolve("steps.json"), """
                {"name": "two", "parameters": {"p": 1}, "steps": [
                  {"name": "a", "script_uri": "job.py", "args": {"x": "${p}"}},
                  {"name": "b", "script_uri": "job.py", "inputs": {"a": {"from_step": "a"}}}]}
                """);
    }

    /** The runner sleeps in another process, so the fake's clock would stand still. */
    private static void advanceInRealTime(SimulatedClock clock) {
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    LockSupport.parkNanos(STEP.toNanos());
                    clock.sleep(STEP);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void recordOthers(FakeAws aws, Set<String> loaded) throws Exception {
        loaded.addAll(command("--help"));
        loaded.addAll(command("-a", "run", "--help"));
        loaded.addAll(command("-a", "validate", "-steps", "wrong.json"));
        loaded.addAll(command("-a", "plan", "-steps", "steps.json", "--output", "json"));
        loaded.addAll(command("-a", "plan", "-steps", "steps.json"));
        loaded.addAll(clusterCommand(aws, "describe_cluster", "-c", "demo"));
        loaded.addAll(clusterCommand(aws, "list_clusters", "-t", "emr"));
        loaded.addAll(clusterCommand(aws, "add_steps", "-steps", "steps.json"));
        loaded.addAll(clusterCommand(aws, "list_steps"));
        loaded.addAll(clusterCommand(aws, "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket"));
    }

    private Set<String> clusterCommand(FakeAws aws, String action, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-a", action));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of(
                "--region", "us-east-1", "--endpoint-url", aws.endpoint().toString()));
        return command(arguments.toArray(String[]::new));
    }

    /** The lines of the JVM's class list, for classes and for the lambdas that can be archived. */
    private Set<String> command(String... arguments) throws Exception {
        Path classes = Files.createTempFile(directory, "classes", ".txt");
        Path log = Files.createTempFile(directory, "log", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:DumpLoadedClassList=" + classes,
                "-cp",
                Path.of("target", "runner.jar").toAbsolutePath().toString(),
                "org.emrelay.runner.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "not-so-secret");
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isIn(0, 3);
        Set<String> lines = new TreeSet<>(Files.readAllLines(classes));
        lines.removeIf(line -> line.startsWith("#"));
        return lines;
    }
}
