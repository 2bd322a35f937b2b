package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.file.PrivateFiles;

/**
 * The processes of a workspace's attempts, recorded on disk.
 *
 * <p>After a runner was killed, the next one finds here the processes that may still write. A process receives its command only after
 * its record is written.
 */
final class ProcessTable {

    /**
     * A process of an attempt.
     *
     * @param runner the runner process that started it
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

    /** How long a step's process may take to exit by itself after its runner has ended. */
    private static final Duration GRACE_PERIOD = Duration.ofSeconds(5);

    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final Path workspace;
    private final Path directory;
    private final ProcessIdentity runner = ProcessIdentity.current();

    ProcessTable(Path workspace) {
        this.workspace = workspace;
        // Run ids never begin with a dot.
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
        PrivateFiles.write(file(process.pid()), JsonWriter.line(entry).getBytes(StandardCharsets.UTF_8));
    }

    /** A leftover record is harmless: the next runner finds no such process. */
    void remove(long pid) {
        try {
            Files.deleteIfExists(file(pid));
        } catch (IOException leftover) {
            // The record contains the start time of the process, so it is never mistaken for another one.
        }
    }

    private Path file(long pid) {
        return directory.resolve(pid + ".json");
    }

    /** The processes started by other runners that are still alive. */
    List<Entry> entriesOfOtherRunners() throws IOException {
        return entries().stream()
                .filter(entry -> !entry.runner().equals(runner))
                .filter(entry -> entry.runner().find().isPresent())
                .toList();
    }

    /** Kills the processes orphaned by dead runners. When this returns, none of them writes any more. */
    synchronized void endOrphans() throws IOException, InterruptedException {
        for (Entry entry : entries()) {
            if (entry.runner().find().isEmpty()) {
                end(entry);
                AttemptFolder.of(workspace, entry.run(), entry.attempt()).removeWork();
                // The process id may belong to a process of another runner by now.
                if (read(file(entry.process().pid())).filter(entry::equals).isPresent()) {
                    remove(entry.process().pid());
                }
            }
        }
    }

    private static void end(Entry entry) throws IOException, InterruptedException {
        if (awaitEnd(entry.process(), GRACE_PERIOD)) {
            return;
        }
        entry.process().find().ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        if (!awaitEnd(entry.process(), KILL_TIMEOUT)) {
            throw new IOException("Process " + entry.process().pid() + " of step "
                    + entry.attempt().step() + " outlived its runner, cannot be killed and may still be writing output."
                    + " Kill it, then retry.");
        }
    }

    /** Polls, because {@link ProcessHandle#onExit} does not reliably report the exit of processes that are not children. */
    private static boolean awaitEnd(ProcessIdentity identity, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Optional<ProcessHandle> process = identity.find();
        while (process.isPresent() && System.nanoTime() < deadline) {
            awaitExit(process.get().onExit());
            process = identity.find();
        }
        return process.isEmpty();
    }

    private static void awaitExit(CompletableFuture<ProcessHandle> exit) throws InterruptedException {
        try {
            exit.get(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillRunning) {
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

    /**
     * Records are written atomically: a malformed file is not a record, or its process never received a command. Other runners remove
     * theirs at any time.
     */
    private static Optional<Entry> read(Path file) throws IOException {
        try {
            return Optional.of(JsonFields.read(
                    Files.readString(file),
                    fields -> new Entry(
                            new ProcessIdentity(fields.number("pid"), fields.text("started")),
                            new ProcessIdentity(fields.number("runner_pid"), fields.text("runner_started")),
                            new RunId(fields.text("run")),
                            new AttemptId(new StepName(fields.text("step")), fields.integer("attempt")),
                            fields.instant("since"))));
        } catch (MalformedJsonException | NoSuchFileException malformedOrRemoved) {
            return Optional.empty();
        }
    }
}
