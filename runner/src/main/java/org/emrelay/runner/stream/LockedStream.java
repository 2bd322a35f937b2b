package org.emrelay.runner.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.file.FileTree;
import org.emrelay.runner.platform.file.PrivateFiles;

/** The folder of a stream, locked by this process until it is closed. */
public final class LockedStream implements StreamStore, AutoCloseable {
    static final String CHECKPOINT = "checkpoint.json";
    static final String STATUS = "status.json";
    static final String RUN = "run.json";
    static final String STOP = "stop";

    private final StreamFolder folder;
    private final FileChannel lock;
    private final StreamHolder holder;
    private final Path stop;
    private final DeadLetterFile deadLetters;

    private LockedStream(StreamFolder folder, FileChannel lock, StreamHolder holder) {
        this.folder = folder;
        this.lock = lock;
        this.holder = holder;
        this.stop = folder.directory().resolve(STOP);
        this.deadLetters = new DeadLetterFile(folder.deadLetters());
    }

    static LockedStream locked(StreamFolder folder, FileChannel lock, StreamHolder holder) throws IOException {
        LockedStream locked = new LockedStream(folder, lock, holder);
        Files.deleteIfExists(locked.stop);
        deleteUnfinishedWrites(folder.directory());
        lock.truncate(0);
        lock.write(ByteBuffer.wrap(bytes(holder.toJson())), 0);
        return locked;
    }

    /** Deletes the temporary files of a process that was killed while it saved a checkpoint. */
    private static void deleteUnfinishedWrites(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, ".*.tmp")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public StreamFolder folder() {
        return folder;
    }

    @Override
    public void save(Checkpoint checkpoint) {
        save(CHECKPOINT, checkpoint);
    }

    public void saveRun(StreamRun run) {
        save(RUN, run);
    }

    private void save(String name, Record content) {
        Path file = folder.directory().resolve(name);
        try {
            PrivateFiles.write(file, bytes(JsonWriter.pretty(StreamFolder.FIELDS.write(content))));
        } catch (IOException exception) {
            throw StreamException.of("write", file, exception);
        }
    }

    @Override
    public long keepDeadLetters(List<Post> posts, long length) {
        return deadLetters.append(posts, length);
    }

    /** Ignores a request to an earlier process. */
    @Override
    public boolean isStopRequested() {
        try {
            return Files.exists(stop) && Files.readString(stop).equals(holder.toJson());
        } catch (NoSuchFileException withdrawn) {
            return false;
        } catch (IOException exception) {
            throw StreamException.of("read", stop, exception);
        }
    }

    /** Replaces the status. It is not flushed to the disk, because losing it is harmless. */
    public void writeStatus(StreamStatus status) throws IOException {
        Path temporary = folder.directory().resolve("." + STATUS + ".tmp");
        Files.write(temporary, bytes(JsonWriter.pretty(StreamFolder.FIELDS.write(status))));
        Files.move(temporary, folder.directory().resolve(STATUS), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes the stream from the workspace, but keeps the posts in its folder. */
    public void deleteFolder() throws IOException {
        // Deleted first, because a stream without a definition does not exist.
        Files.deleteIfExists(folder.definition());
        FileTree.delete(folder.directory().resolve(StreamFolder.DEAD_LETTERS));
        for (String name : List.of(CHECKPOINT, STATUS, RUN, StreamFolder.LOCK)) {
            Files.deleteIfExists(folder.directory().resolve(name));
        }
        try (Stream<Path> posts = Files.list(folder.directory())) {
            if (posts.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(folder.directory());
    }

    /** Unlocks the folder. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(stop);
        lock.close();
    }
}
