package org.emrelay.runner.stream;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.json.RecordJson;
import org.emrelay.runner.platform.ProcessLiveness.Identity;
import org.emrelay.runner.platform.file.PrivateFiles;
import org.jspecify.annotations.Nullable;

/** The folder of a stream in the workspace. Any process may read it; only the process that has locked it writes the checkpoint. */
public final class StreamFolder {
    static final RecordJson FIELDS = new RecordJson()
            .defaultOf("losses", earlierVersion -> SourceLosses.NONE)
            .codec(double.class, value -> value, StreamFolder::number)
            .codec(Double.class, value -> value, StreamFolder::number);

    private static final String STREAMS = "streams";
    private static final String DEFINITION = "stream.json";
    static final String LOCK = "lock";
    static final String DEAD_LETTERS = "dead-letter";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

    /** A process that only checks whether the stream is running holds the lock for some microseconds. */
    private static final int LOCK_ATTEMPTS = 1_000;

    private final Path directory;

    private StreamFolder(Path directory) {
        this.directory = directory;
    }

    private static double number(JsonValue value, String path) throws MalformedJsonException {
        if (value instanceof JsonNumber number) {
            return number.value().doubleValue();
        }
        throw new MalformedJsonException(path + ": expected a number, found " + value.kind());
    }

    public static StreamFolder of(Path workspace, String name) {
        return new StreamFolder(workspace.resolve(STREAMS).resolve(name));
    }

    /** The folder of a created stream; empty if there is none with this name. */
    public static Optional<StreamFolder> find(Path workspace, String name) {
        return NAME.matcher(name).matches()
                ? Optional.of(of(workspace, name)).filter(StreamFolder::exists)
                : Optional.empty();
    }

    /** The folders of all streams of a workspace, by name. */
    public static List<StreamFolder> list(Path workspace) throws IOException {
        try (Stream<Path> entries = Files.list(workspace.resolve(STREAMS))) {
            return entries.filter(entry -> Files.exists(entry.resolve(DEFINITION)))
                    .sorted()
                    .map(StreamFolder::new)
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    public String name() {
        return Objects.requireNonNull(directory.getFileName(), "a folder below the workspace")
                .toString();
    }

    public Path directory() {
        return directory;
    }

    /** The default directory of local posts. */
    public Path posts() {
        return directory.resolve("posts");
    }

    /** The file with posts that the sink could not take; it may not exist. */
    public Path deadLetters() {
        return directory.resolve(DEAD_LETTERS).resolve("posts.jsonl");
    }

    /** Whether the stream was created. */
    public boolean exists() {
        return Files.exists(directory.resolve(DEFINITION));
    }

    /** Whether a process has run the stream. */
    public boolean wasStarted() {
        return Files.exists(directory.resolve(LockedStream.RUN))
                || Files.exists(directory.resolve(LockedStream.CHECKPOINT));
    }

    /** Saves the record of the stream; creates the folder if it does not exist. */
    public void writeDefinition(byte[] json) throws IOException {
        PrivateFiles.createDirectories(directory);
        PrivateFiles.write(directory.resolve(DEFINITION), json);
    }

    public Path definition() {
        return directory.resolve(DEFINITION);
    }

    /**
     * The last checkpoint; {@link Checkpoint#NONE} for a stream that was never started. If only the checkpoint was deleted, the dead letters
     * are kept.
     */
    public Checkpoint readCheckpoint() throws IOException {
        Path file = directory.resolve(LockedStream.CHECKPOINT);
        Optional<String> json = read(file);
        try {
            return json.isEmpty()
                    ? Checkpoint.NONE.withDeadLetters(new DeadLetterFile(deadLetters()).length())
                    : JsonFields.read(json.get(), fields -> FIELDS.read(Checkpoint.class, fields));
        } catch (MalformedJsonException exception) {
            throw new CorruptStreamException(file + " is not a valid checkpoint: " + exception.getMessage()
                    + ". Restore it from a backup, or delete it: the stream then starts as a new one, and may read"
                    + " posts twice or miss some.");
        }
    }

    /** The last status that a process has written; empty if there is none, or if another version has written it. */
    public Optional<StreamStatus> readStatus() throws IOException {
        return read(LockedStream.STATUS, StreamStatus.class);
    }

    /** The last run; empty if there was none, or if another version has recorded it. */
    public Optional<StreamRun> readRun() throws IOException {
        return read(LockedStream.RUN, StreamRun.class);
    }

    private <T extends Record> Optional<T> read(String name, Class<T> type) throws IOException {
        Optional<String> json = read(directory.resolve(name));
        try {
            return json.isEmpty()
                    ? Optional.empty()
                    : Optional.of(JsonFields.read(json.get(), fields -> FIELDS.read(type, fields)));
        } catch (MalformedJsonException otherVersion) {
            return Optional.empty();
        }
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    /** The process that runs the stream now. */
    public Optional<StreamHolder> holder() throws IOException {
        Path file = directory.resolve(LOCK);
        // On POSIX systems, closing a file releases all locks that this process has on it.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.empty();
            }
        } catch (NoSuchFileException neverLocked) {
            return Optional.empty();
        } catch (OverlappingFileLockException lockedByThisProcess) {
            // It is running.
        }
        return recordedHolder();
    }

    /** The process that locked the stream last; empty while it writes its record. */
    private Optional<StreamHolder> recordedHolder() throws IOException {
        Optional<String> json = read(directory.resolve(LOCK));
        try {
            return json.isEmpty() ? Optional.empty() : Optional.of(StreamHolder.parse(json.get()));
        } catch (MalformedJsonException incomplete) {
            return Optional.empty();
        }
    }

    /** Asks the process that runs the stream to stop. */
    public void requestStop(StreamHolder holder) throws IOException {
        PrivateFiles.write(directory.resolve(LockedStream.STOP), LockedStream.bytes(holder.toJson()));
    }

    /**
     * Locks the folder of a created stream, to run, change or delete the stream.
     *
     * @throws StreamLockedException if another process has locked it
     */
    public LockedStream lock(Identity process, Instant now) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            for (int attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
                if (channel.tryLock() != null) {
                    return LockedStream.locked(this, channel, new StreamHolder(process, now));
                }
                Thread.onSpinWait();
            }
        } catch (OverlappingFileLockException lockedByThisProcess) {
            // The message is the same.
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
        channel.close();
        throw new StreamLockedException("Stream " + name() + " is already running"
                + recordedHolder()
                        .map(holder -> " as process " + holder.process().pid() + " on "
                                + holder.process().host() + ", since " + holder.since())
                        .orElse("")
                + ". Stop it first.");
    }
}
