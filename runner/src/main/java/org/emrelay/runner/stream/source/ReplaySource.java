package org.emrelay.runner.stream.source;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipException;
import org.emrelay.runner.model.StreamSource.Replay;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.stream.Position;
import org.emrelay.runner.stream.Post;
import org.emrelay.runner.stream.PostSource;
import org.emrelay.runner.stream.SourceLosses;
import org.emrelay.runner.stream.SourceStatus;
import org.emrelay.runner.stream.StreamException;
import org.emrelay.runner.stream.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Reads posts from files of JSON lines. The position is the offset after a line, in decompressed bytes, and the name of the file.
 *
 * <p>Files that are added later are read at the next start, if their names come after the position. Lines that cannot be JSON objects are
 * dropped and counted.
 */
public final class ReplaySource implements PostSource {
    private final Replay settings;
    private final @Nullable Position position;
    private final Pacer pacer;
    private @Nullable ReplayFiles files;
    private @Nullable LineReader reader;

    /** The index of the file that is open or is opened next. */
    private int index;

    private byte @Nullable [] pending;
    private volatile boolean exhausted;
    private volatile String state = "reading";
    private long malformed;

    /** Covers what comes before the last delivered post: the rest is read again at the next start. */
    private volatile SourceLosses losses = SourceLosses.NONE;

    /**
     * Creates a source.
     *
     * @param position where to continue; null for the first line of the first file
     */
    public ReplaySource(Replay settings, @Nullable Position position, Ticker ticker, Sleeper sleeper) {
        this.settings = settings;
        this.position = position;
        this.pacer = new Pacer(settings.rate(), ticker, sleeper);
    }

    @Override
    public Optional<Post> read(Duration wait) throws InterruptedException {
        if (pending == null) {
            pending = next();
        }
        if (exhausted) {
            updateLosses();
        }
        if (pending == null || !pacer.await(wait)) {
            return Optional.empty();
        }
        Post post = new Post(pending, currentPosition());
        updateLosses();
        pending = null;
        return Optional.of(post);
    }

    private void updateLosses() {
        if (losses.malformed() != malformed) {
            losses = new SourceLosses(Duration.ZERO, 0, malformed);
        }
    }

    private byte @Nullable [] next() throws InterruptedException {
        ReplayFiles all = files;
        if (all == null) {
            all = ReplayFiles.list(settings.path());
            resume(all);
            files = all;
        }
        while (!exhausted) {
            Optional<byte[]> line = line(all);
            if (line.isEmpty()) {
                closeReader();
                index++;
                exhausted = index == all.names().size();
            } else if (isObject(line.get())) {
                return line.get();
            } else if (line.get().length > 0) {
                malformed++;
            }
        }
        return null;
    }

    /** Continues in the file of the position. */
    private void resume(ReplayFiles all) throws InterruptedException {
        if (position == null) {
            return;
        }
        int blank = position.value().indexOf(' ');
        if (blank < 0) {
            throw Positions.invalid(position);
        }
        long offset = Positions.number(position, position.value().substring(0, blank));
        String name = position.value().substring(blank + 1);
        Path path = all.path(name);
        index = all.names().indexOf(name);
        if (index < 0) {
            throw new StreamException(
                    path + " is missing, but the stream has read only a part of it. Restore it, or create the stream"
                            + " again with the remaining files.");
        }
        try {
            LineReader opened = open(all, name);
            if (!opened.skipTo(offset)) {
                throw new StreamException(path + " has changed: the stream has read " + offset
                        + " bytes of it, but no line ends there now. Restore it, or create the stream again.");
            }
        } catch (IOException exception) {
            throw unreadable(path, exception);
        }
    }

    private static StreamException unreadable(Path file, IOException failure) {
        boolean truncated = failure instanceof EOFException;
        if (!truncated && !(failure instanceof ZipException)) {
            return StreamException.of("read", file, failure);
        }
        return new StreamException(file
                + (truncated
                        ? " ends in the middle of its gzip data."
                        : " is a damaged gzip file (" + failure.getMessage() + ").")
                + " Replace it with a complete copy, and start the stream again: it continues after the last post that"
                + " it has read.");
    }

    private LineReader open(ReplayFiles all, String name) throws IOException, InterruptedException {
        state = "verifying " + all.path(name);
        all.verify(name);
        state = "reading";
        LineReader opened = new LineReader(all.open(name));
        reader = opened;
        return opened;
    }

    private Optional<byte[]> line(ReplayFiles all) throws InterruptedException {
        String name = all.names().get(index);
        try {
            LineReader open = reader;
            return (open == null ? open(all, name) : open).read();
        } catch (IOException exception) {
            throw unreadable(all.path(name), exception);
        }
    }

    /** Parsing each line would take longer than reading it. */
    private static boolean isObject(byte[] line) {
        return line.length > 1 && line[0] == '{' && line[line.length - 1] == '}';
    }

    private Position currentPosition() {
        LineReader open = Objects.requireNonNull(reader, "a line was read");
        return new Position(open.offset() + " "
                + Objects.requireNonNull(files, "listed").names().get(index));
    }

    @Override
    public boolean isExhausted() {
        return exhausted;
    }

    @Override
    public SourceStatus status() {
        return new SourceStatus(exhausted ? "exhausted" : state, 1, null, null);
    }

    @Override
    public SourceLosses losses() {
        return losses;
    }

    private void closeReader() {
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (IOException readOnly) {
            // All lines of the file were read.
        }
        reader = null;
    }

    @Override
    public void close() {
        closeReader();
    }
}
