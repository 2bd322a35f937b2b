package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.TaskProgress;
import org.emrelay.runner.platform.file.FileTree;
import org.emrelay.runner.platform.file.PrivateFiles;
import org.jspecify.annotations.Nullable;

/** The directory of an attempt: its logs, which are kept, and its working directory, which is deleted when the process ends. */
record AttemptFolder(Path directory) {
    private static final JsonObject NOTHING = new JsonObject(List.of());

    AttemptFolder {
        Objects.requireNonNull(directory, "directory");
    }

    static AttemptFolder of(Path workspace, RunId run, AttemptId attempt) {
        return new AttemptFolder(workspace
                .resolve("logs")
                .resolve(run.value())
                .resolve(attempt.step().folder() + "-" + attempt.number()));
    }

    Path stdout() {
        return directory.resolve("stdout");
    }

    Path stderr() {
        return directory.resolve("stderr");
    }

    /** Where the program's own output and errors are: Spark forwards all that Python prints to stdout. */
    Path log(boolean isPython) {
        return isPython ? stdout() : stderr();
    }

    Path work() {
        return directory.resolve("work");
    }

    Path temporary() {
        return work().resolve("tmp");
    }

    Path summary() {
        return directory.resolve("summary.json");
    }

    /** What {@code TaskProgress} of step-process writes. */
    Path tasks() {
        return directory.resolve("tasks.json");
    }

    Path crashReport() {
        return directory.resolve("jvm-crash.txt");
    }

    void create() throws IOException {
        removeWork();
        Files.deleteIfExists(summary());
        Files.deleteIfExists(tasks());
        PrivateFiles.createDirectories(directory);
        Files.createDirectories(temporary());
    }

    void removeWork() throws IOException {
        FileTree.delete(work());
        Files.deleteIfExists(tasks());
    }

    /** Deletes what {@link #create} created for an attempt that never ran. Leftovers are harmless. */
    void removeUnused() {
        try {
            removeWork();
            if (isEmpty(stdout()) && isEmpty(stderr())) {
                FileTree.delete(directory);
            }
        } catch (IOException leftover) {
            // The next attempt in this folder clears it first.
        }
    }

    private static boolean isEmpty(Path file) throws IOException {
        return !Files.exists(file) || Files.size(file) == 0;
    }

    /** The number of rows the step wrote; null if unknown. */
    @Nullable
    Long rows() {
        try {
            return read(summary()).get("rows") instanceof JsonNumber rows
                    ? (Long) rows.value().longValueExact()
                    : null;
        } catch (ArithmeticException unknown) {
            return null;
        }
    }

    /** Whether the step's main method returned. */
    boolean mainReturned() {
        return read(summary()).get("returned") instanceof JsonBoolean returned && returned.value();
    }

    /** How far the tasks of the active stages are; empty if none is active or that is not known. */
    Optional<TaskProgress> taskProgress() {
        JsonObject tasks = read(tasks());
        try {
            return tasks.get("completed") instanceof JsonNumber completed
                            && tasks.get("total") instanceof JsonNumber total
                    ? Optional.of(new TaskProgress(
                            completed.value().intValueExact(), total.value().intValueExact()))
                    : Optional.empty();
        } catch (ArithmeticException | IllegalArgumentException notWrittenByStepProcess) {
            return Optional.empty();
        }
    }

    /** The step may have changed or deleted its files. */
    private static JsonObject read(Path file) {
        try {
            return JsonReader.read(Files.readString(file)) instanceof JsonObject values ? values : NOTHING;
        } catch (IOException | MalformedJsonException unknown) {
            return NOTHING;
        }
    }
}
