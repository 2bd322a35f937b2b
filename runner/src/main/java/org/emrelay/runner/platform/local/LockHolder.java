package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.json.RecordJson;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.platform.ProcessLiveness.Identity;
import org.emrelay.runner.platform.file.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * The holder of a workspace lock.
 *
 * @param command the action the process runs, for messages
 * @param cluster the cluster whose runs it executes or changes; null for none
 * @param execution the run that it executes; null for none
 */
record LockHolder(
        Identity process,
        String command,
        Instant since,
        WorkspaceLock.Mode mode,
        @Nullable ClusterId cluster,
        @Nullable RunExecution execution) {
    private static final RecordJson FIELDS = new RecordJson().inline(Identity.class);

    LockHolder {
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(mode, "mode");
    }

    LockHolder exclusive() {
        return new LockHolder(process, command, since, WorkspaceLock.Mode.EXCLUSIVE, cluster, execution);
    }

    LockHolder of(ClusterId other) {
        return new LockHolder(process, command, since, WorkspaceLock.Mode.RUN, other, execution);
    }

    LockHolder executing(RunExecution started) {
        return new LockHolder(process, command, since, mode, cluster, started);
    }

    /** Whether both can hold the workspace at the same time. */
    boolean admits(LockHolder other) {
        return switch (mode) {
            case SHARED -> other.mode != WorkspaceLock.Mode.EXCLUSIVE;
            case RUN ->
                other.mode == WorkspaceLock.Mode.SHARED
                        || (other.mode == WorkspaceLock.Mode.RUN
                                // The records of processes and their resources hold for one host.
                                && !other.isOnAnotherHost()
                                && cluster != null
                                && other.cluster != null
                                && !cluster.equals(other.cluster));
            case EXCLUSIVE -> false;
        };
    }

    /** Empty if the file does not exist or is incomplete: its writer was killed before it acquired the lock. */
    static Optional<LockHolder> read(Path file) throws IOException {
        try {
            return Optional.of(
                    JsonFields.read(Files.readString(file), fields -> FIELDS.read(LockHolder.class, fields)));
        } catch (NoSuchFileException | MalformedJsonException incomplete) {
            return Optional.empty();
        }
    }

    void write(Path file) throws IOException {
        PrivateFiles.write(file, JsonWriter.pretty(FIELDS.write(this)).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the holder may be alive. A process on another host cannot be checked and is assumed to be. */
    boolean mayBeAlive() {
        return isOnAnotherHost()
                || new ProcessIdentity(process.pid(), process.started()).find().isPresent();
    }

    /** A process id is meaningless on another host. */
    boolean isOnAnotherHost() {
        return !process.host().equals(LocalProcesses.localHost());
    }
}
