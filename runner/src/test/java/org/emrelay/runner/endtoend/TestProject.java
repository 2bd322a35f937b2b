package org.emrelay.runner.endtoend;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.emrelay.runner.platform.ShellWord;

/**
 * A project directory with spaces and an umlaut in its name, in which tests run commands of the runner. It also
 * holds the workspace.
 */
final class TestProject implements AutoCloseable {
    private static final long TIMEOUT_NANOS = 120_000_000_000L;
    private static final long POLL_INTERVAL_NANOS = 5_000_000L;

    private final Path directory;
    private final Path markers;
    private final Path logs;
    private final List<RunnerProcess> processes = new ArrayList<>();

    TestProject(Path parent) throws IOException {
        // A JVM in a locale without umlauts cannot create such a directory.
        String name = encodes("jnu", "ü") ? "übung macht" : "practice makes";
        this.directory = Files.createDirectories(parent.toRealPath().resolve(name));
        this.markers = Files.createDirectories(parent.toRealPath().resolve("markers"));
        this.logs = Files.createDirectories(parent.toRealPath().resolve("commands"));
    }

    private static boolean encodes(String property, String text) {
        String name = System.getProperty("sun." + property + ".encoding", "UTF-8");
        return Charset.forName(name).newEncoder().canEncode(text);
    }

    Path directory() {
        return directory;
    }

    /** The default workspace of the runner. */
    Path workspace() {
        return directory.resolve(".runner");
    }

    /** The directory of the marker files by which steps and tests synchronize. */
    Path markers() {
        return markers;
    }

    /** Writes a steps file. The given JSON objects need no {@code script_uri}: it defaults to the jar of these tests. */
    void steps(String... steps) throws IOException {
        Files.writeString(
                directory.resolve("steps.json"), """
                    {
                      "name": "trial",
                      "defaults": { "script_uri": "%s", "executor_memory": "512M" },
                      "steps": [ %s ]
                    }
                    """.formatted(BuildArtifacts.stepsJar(), String.join(", ", steps)));
    }

    /** How messages name the program. */
    static final String PROGRAM =
            "java -jar " + ShellWord.quoted(BuildArtifacts.runnerJar().toString());

    ProcessResult run(String... arguments) throws IOException, InterruptedException {
        try (RunnerProcess process = start(arguments)) {
            return process.awaitExit();
        }
    }

    RunnerProcess start(String... arguments) throws IOException {
        return startWith(Map.of(), arguments);
    }

    /** Starts a command with additional environment variables. */
    RunnerProcess startWith(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(SigintReset.commandPrefix());
        if (!environment.isEmpty()) {
            command.add("env");
            environment.forEach((name, value) -> command.add(name + "=" + value));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Short commands start fastest this way.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-jar", BuildArtifacts.runnerJar().toString()));
        command.addAll(List.of(arguments));
        RunnerProcess process = new RunnerProcess(command, directory, logs);
        processes.add(process);
        return process;
    }

    /** The directory of the newest run. */
    Path newestRun() throws IOException {
        List<Path> runs = children(workspace().resolve("runs"));
        return runs.get(runs.size() - 1);
    }

    /** The journal events of the newest run, without an incomplete last line. */
    List<Json> journal() throws IOException {
        return journal(newestRun());
    }

    static List<Json> journal(Path run) throws IOException {
        Path journal = run.resolve("events.jsonl");
        if (!Files.exists(journal)) {
            return List.of();
        }
        String text = Files.readString(journal);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(Json::of)
                .toList();
    }

    /** The output directory of a step in the newest run. */
    Path output(String step) throws IOException {
        return workspace()
                .resolve("output/trial")
                .resolve(newestRun().getFileName())
                .resolve(step);
    }

    /** Waits until a step waits for its marker; returns the process id of the step. */
    long awaitWaitingStep() throws Exception {
        await("a waiting step", () -> !waitingSteps().isEmpty());
        return Long.parseLong(waitingSteps().get(0).substring("waiting-".length()));
    }

    /** Waits until this many steps have waited for their marker. */
    void awaitWaitingSteps(int count) throws Exception {
        await(count + " waiting steps", () -> waitingSteps().size() == count);
    }

    private List<String> waitingSteps() throws IOException {
        return children(markers).stream()
                .map(marker -> String.valueOf(marker.getFileName()))
                .filter(name -> name.startsWith("waiting-"))
                .toList();
    }

    /** Lets all current and future waiting steps continue. */
    void releaseWaitingSteps() throws IOException {
        Files.writeString(markers.resolve("go"), "");
    }

    /** Polls until a condition is true, for at most two minutes. */
    static void await(String condition, Callable<Boolean> isTrue) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        while (!isTrue.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Timed out waiting for " + condition);
            }
            LockSupport.parkNanos(POLL_INTERVAL_NANOS);
        }
    }

    /** All processes whose working directory is in this project, where /proc exists. */
    List<Long> processesInside() throws IOException {
        List<Long> pids = new ArrayList<>();
        for (Path process : children(Path.of("/proc"))) {
            if (String.valueOf(process.getFileName()).matches("\\d+")) {
                try {
                    if (Files.readSymbolicLink(process.resolve("cwd")).startsWith(directory)) {
                        pids.add(Long.parseLong(String.valueOf(process.getFileName())));
                    }
                } catch (IOException exited) {
                    // The process has ended since it was listed.
                }
            }
        }
        return pids;
    }

    static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        }
    }

    /** All lines of an output's files with a suffix, without Hadoop's hidden and marker files. */
    static List<String> lines(Path output, String suffix) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : children(output)) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(suffix) && !name.startsWith(".") && !name.startsWith("_")) {
                lines.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    @Override
    public void close() throws Exception {
        processes.forEach(RunnerProcess::close);
        for (long pid : processesInside()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
        await(
                "the end of the processes in " + directory,
                () -> processesInside().isEmpty());
    }
}
