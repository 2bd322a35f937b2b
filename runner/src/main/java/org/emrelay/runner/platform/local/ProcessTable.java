package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonSyntaxException;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a workspace's attempts, on disk: a runner that comes after a killed one finds there what may still be writing.
 * A process gets its command only when its record is written.
 */
final class ProcessTable {

    /**
     * One process of an attempt.
     *
     * @param runner the process that started it
     */
    record Entry(ProcessIdentity process, ProcessIdentity runner, RunId run, AttemptId attempt, Instant since) {
        Entry {
            Objects.requireNonNull(process, "process");
            Objects.requireNonNull(runner, "runner");
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(attempt, "attempt");
            Objects.requireNonNull(since, "since");
        }
    }

    /** A step's process ends by itself when its runner is gone; this long it may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration LONGEST_DYING = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Path workspace;
    private final Path directory;
    private final ProcessIdentity runner = ProcessIdentity.current();

    ProcessTable(Path workspace) {
        this.workspace = workspace;
        // No run's name begins with a dot.
        this.directory = workspace.resolve("logs").resolve(".processes");
    }

    void add(RunId run, AttemptId attempt, ProcessHandle process, Instant now) throws IOException {
        PrivateFiles.createDirectories(directory);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("pid", process.pid());
        entry.put("started", ProcessIdentity.of(process).started());
        entry.put("runner_pid", runner.pid());
        entry.put("runner_started", runner.started());
        entry.put("run", run.value());
        entry.put("step", attempt.step().value());
        entry.put("attempt", attempt.number());
        entry.put("since", now.toString());
        AtomicFile.write(file(process.pid()), JsonWriter.line(entry).getBytes(StandardCharsets.UTF_8));
    }

    /** A record that stays behind only makes the next runner look for a process that is not there. */
    void remove(long pid) {
        try {
            Files.deleteIfExists(file(pid));
        } catch (IOException leftBehind) {
            // It names the start of its process too, so it is never taken for another.
        }
    }

    private Path file(long pid) {
        return directory.resolve(pid + ".json");
    }

    /** Those that another runner, which still lives, has started. */
    List<Entry> ofOtherRunners() throws IOException {
        return entries().stream()
                .filter(entry -> !entry.runner().equals(runner))
                .filter(entry -> entry.runner().find().isPresent())
                .toList();
    }

    /** Ends what dead runners left: when this returns, none of it writes any more. */
    synchronized void endOrphans() throws IOException, InterruptedException {
        for (Entry entry : entries()) {
            if (entry.runner().find().isEmpty()) {
                end(entry);
                AttemptFolder.of(workspace, entry.run(), entry.attempt()).removeWork();
                remove(entry.process().pid());
            }
        }
    }

    private static void end(Entry entry) throws IOException, InterruptedException {
        if (awaitEnd(entry.process(), PATIENCE)) {
            return;
        }
        entry.process().find().ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        if (!awaitEnd(entry.process(), LONGEST_DYING)) {
            throw new IOException("Process " + entry.process().pid() + " of step "
                    + entry.attempt().step() + ", whose runner is gone,"
                    + " does not end and may still be writing. End it by hand, then try again.");
        }
    }

    /** Looks again and again, for the end of a process that is not ours, and that nobody asks after, is not always reported. */
    private static boolean awaitEnd(ProcessIdentity identity, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        Optional<ProcessHandle> process = identity.find();
        while (process.isPresent() && System.nanoTime() < deadline) {
            awaitExit(process.get().onExit());
            process = identity.find();
        }
        return process.isEmpty();
    }

    private static void awaitExit(CompletableFuture<ProcessHandle> exit) throws InterruptedException {
        try {
            exit.get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillThere) {
            return;
        } catch (ExecutionException exception) {
            throw new IllegalStateException("waiting for a process", exception);
        }
    }

    private List<Entry> entries() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> children = Files.list(directory)) {
            files = children.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            read(file).ifPresent(entries::add);
        }
        return entries;
    }

    /** Records are renamed into place whole: one that does not read is none of ours, or its process was never sent a command. */
    private static Optional<Entry> read(Path file) throws IOException {
        try {
            return JsonReader.read(Files.readString(file)) instanceof JsonObject object
                    ? Optional.of(new Entry(
                            new ProcessIdentity(number(object, "pid"), string(object, "started")),
                            new ProcessIdentity(number(object, "runner_pid"), string(object, "runner_started")),
                            new RunId(string(object, "run")),
                            new AttemptId(new StepName(string(object, "step")), (int) number(object, "attempt")),
                            Instant.parse(string(object, "since"))))
                    : Optional.empty();
        } catch (JsonSyntaxException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static String string(JsonObject object, String key) {
        @Nullable JsonValue value = object.get(key);
        return value instanceof JsonString string ? string.text() : "";
    }

    private static long number(JsonObject object, String key) {
        @Nullable JsonValue value = object.get(key);
        return value instanceof JsonNumber number ? number.value().longValueExact() : -1;
    }
}
