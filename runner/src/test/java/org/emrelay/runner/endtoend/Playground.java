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

/** A directory with a name that needs care, in which commands of the runner are started; their workspace is in it too. */
final class Playground implements AutoCloseable {
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final long LOOK_AGAIN_NANOS = 5_000_000L;

    private final Path directory;
    private final Path signs;
    private final Path logs;
    private final List<RunnerProcess> started = new ArrayList<>();

    Playground(Path parent) throws IOException {
        // A JVM in a locale without umlauts cannot even name such a directory.
        String name = encodes("jnu", "ü") ? "übung macht" : "practice makes";
        this.directory = Files.createDirectories(parent.toRealPath().resolve(name));
        this.signs = Files.createDirectories(parent.toRealPath().resolve("signs"));
        this.logs = Files.createDirectories(parent.toRealPath().resolve("commands"));
    }

    private static boolean encodes(String which, String text) {
        String name = System.getProperty("sun." + which + ".encoding", "UTF-8");
        return Charset.forName(name).newEncoder().canEncode(text);
    }

    Path directory() {
        return directory;
    }

    /** The workspace, which is where the runner makes it when nobody tells it where. */
    Path workspace() {
        return directory.resolve(".runner");
    }

    /** Where steps and tests leave signs for each other. */
    Path signs() {
        return signs;
    }

    /** Writes a steps file with these steps, each the inside of an object, beside which these tests' jar needs no mention. */
    void steps(String... steps) throws IOException {
        Files.writeString(directory.resolve("steps.json"), """
                {
                  "name": "trial",
                  "defaults": { "script_uri": "%s", "executor_memory": "512M" },
                  "steps": [ %s ]
                }
                """.formatted(Build.stepsJar(), String.join(", ", steps)));
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        try (RunnerProcess process = start(arguments)) {
            return process.ended();
        }
    }

    RunnerProcess start(String... arguments) throws IOException {
        return startWith(Map.of(), arguments);
    }

    /** Starts a command with these variables beside the usual ones. */
    RunnerProcess startWith(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(Interrupts.thatReach());
        if (!environment.isEmpty()) {
            command.add("env");
            environment.forEach((name, value) -> command.add(name + "=" + value));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", Build.runnerJar().toString()));
        command.addAll(List.of(arguments));
        RunnerProcess process = new RunnerProcess(command, directory, logs);
        started.add(process);
        return process;
    }

    /** The only run there is, or the newest. */
    Path newestRun() throws IOException {
        List<Path> runs = children(workspace().resolve("runs"));
        return runs.get(runs.size() - 1);
    }

    /** What has happened in the newest run; a line that is only half there is not among it. */
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

    /** The directory that the newest run gives a step for its output. */
    Path output(String step) throws IOException {
        return workspace()
                .resolve("output/trial")
                .resolve(newestRun().getFileName())
                .resolve(step);
    }

    /** Until a step says that it waits; answers with its process's id. */
    long awaitWaitingStep() throws Exception {
        await("a step that waits", () -> !waitingSteps().isEmpty());
        return Long.parseLong(waitingSteps().get(0).substring("waiting-".length()));
    }

    private List<String> waitingSteps() throws IOException {
        return children(signs).stream()
                .map(sign -> String.valueOf(sign.getFileName()))
                .filter(name -> name.startsWith("waiting-"))
                .toList();
    }

    /** From now on, and for those that come after, steps that wait go on. */
    void letThemGo() throws IOException {
        Files.writeString(signs.resolve("go"), "");
    }

    /** Waits, looking again and again, for what must come; how long it takes is nobody's business. */
    static void await(String what, Callable<Boolean> isThere) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!isThere.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("there never was " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /** The processes that work in this directory, whoever started them, where the system tells. */
    List<Long> processesInside() throws IOException {
        List<Long> inside = new ArrayList<>();
        for (Path process : children(Path.of("/proc"))) {
            if (String.valueOf(process.getFileName()).matches("\\d+")) {
                try {
                    if (Files.readSymbolicLink(process.resolve("cwd")).startsWith(directory)) {
                        inside.add(Long.parseLong(String.valueOf(process.getFileName())));
                    }
                } catch (IOException goneMeanwhile) {
                    // Then it works nowhere.
                }
            }
        }
        return inside;
    }

    static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        }
    }

    /** All lines of the files of an output whose names end so, those of Hadoop's own bookkeeping left out. */
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
        started.forEach(RunnerProcess::close);
        for (long left : processesInside()) {
            ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
        }
        await("an end of the processes in " + directory, () -> processesInside().isEmpty());
    }
}
