package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;
import org.jspecify.annotations.Nullable;

/** The directory of an attempt: its logs, which are kept, and its working directory, which is deleted when the process ends. */
record AttemptFolder(Path directory) {
    AttemptFolder {
        Objects.requireNonNull(directory, "directory");
    }

    static AttemptFolder of(Path workspace, RunId run, AttemptId attempt) {
        return new AttemptFolder(
                workspace.resolve("logs").resolve(run.value()).resolve(attempt.step() + "-" + attempt.number()));
    }

    Path stdout() {
        return directory.resolve("stdout");
    }

    Path stderr() {
        return directory.resolve("stderr");
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

    Path crashReport() {
        return directory.resolve("jvm-crash.txt");
    }

    void create() throws IOException {
        removeWork();
        Files.deleteIfExists(summary());
        PrivateFiles.createDirectories(directory);
        Files.createDirectories(temporary());
    }

    void removeWork() throws IOException {
        FileTree.delete(work());
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
            return summaryValue("rows") instanceof JsonNumber rows
                    ? (Long) rows.value().longValueExact()
                    : null;
        } catch (ArithmeticException unknown) {
            return null;
        }
    }

    /** Whether the step's main method returned. */
    boolean mainReturned() {
        return summaryValue("returned") instanceof JsonBoolean returned && returned.value();
    }

    private @Nullable JsonValue summaryValue(String key) {
        try {
            return JsonReader.read(Files.readString(summary())) instanceof JsonObject summary ? summary.get(key) : null;
        } catch (IOException | MalformedJsonException unknown) {
            return null;
        }
    }
}
