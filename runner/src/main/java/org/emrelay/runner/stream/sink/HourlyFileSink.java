package org.emrelay.runner.stream.sink;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.emrelay.runner.model.StreamDefinition.Sink;
import org.emrelay.runner.platform.file.PrivateFiles;
import org.emrelay.runner.stream.BatchLimits;
import org.emrelay.runner.stream.Post;
import org.emrelay.runner.stream.PostSink;
import org.emrelay.runner.stream.SinkState;
import org.emrelay.runner.stream.StreamException;
import org.jspecify.annotations.Nullable;

/**
 * Writes posts to one or more files per hour of arrival, in {@code yyyy/MM/dd/HH/} (UTC).
 *
 * <p>Each batch is a separate gzip member. The file is hidden until its hour is over, or until it is old or large enough; then it is renamed.
 * After a crash, it is truncated to the length that the checkpoint covers, so that the files contain each post exactly once.
 */
public final class HourlyFileSink implements PostSink {
    private static final BatchLimits LIMITS = new BatchLimits(10_000, 8 << 20, 1_000 << 10);
    private static final int ID_BOUND = 1 << 24;

    private final String stream;
    private final Path directory;
    private final Sink settings;
    private final Clock clock;
    private final RandomGenerator random;
    private final AppendedFile.Opener opener;
    private @Nullable FileSinkState state;
    private @Nullable AppendedFile file;

    /**
     * Creates a sink.
     *
     * @param stream the name of the stream
     * @param directory the parent of the hourly directories; it may contain other files
     * @param settings its directory is ignored
     */
    public HourlyFileSink(String stream, Path directory, Sink settings, Clock clock, RandomGenerator random) {
        this(stream, directory, settings, clock, random, FileChannel::open);
    }

    HourlyFileSink(
            String stream,
            Path directory,
            Sink settings,
            Clock clock,
            RandomGenerator random,
            AppendedFile.Opener opener) {
        this.stream = stream;
        this.directory = directory;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.opener = opener;
    }

    @Override
    public BatchLimits limits() {
        return LIMITS;
    }

    @Override
    public SinkState open(SinkState saved) {
        try {
            Files.createDirectories(directory);
            FileSinkState opened = saved.equals(SinkState.NONE) ? create() : recover(FileSinkState.parse(saved));
            state = opened;
            return opened.toSinkState();
        } catch (IOException exception) {
            throw StreamException.of("write to", directory, exception);
        }
    }

    /** Unfinished files of an earlier stream may contain posts that exist nowhere else. */
    private FileSinkState create() throws IOException {
        List<PartName> left = parts();
        if (!left.isEmpty()) {
            PartName part = left.get(0);
            throw new StreamException(directory.resolve(part.hidden())
                    + " is an unfinished file of another stream with this name, or of this one before its checkpoint was"
                    + " deleted. Rename it to " + part.visible() + " to keep its posts, or delete it.");
        }
        return new FileSinkState(String.format(Locale.ROOT, "%06x", random.nextInt(ID_BOUND)), 0, null);
    }

    private FileSinkState recover(FileSinkState saved) throws IOException {
        FileSinkState.Part part = saved.part();
        for (PartName other : parts()) {
            if (other.id().equals(saved.id())
                    && (part == null || !other.hidden().equals(part.name()))) {
                Files.delete(directory.resolve(other.hidden()));
            }
        }
        return part == null ? saved : reopen(saved, part);
    }

    private FileSinkState reopen(FileSinkState saved, FileSinkState.Part part) throws IOException {
        Path path = directory.resolve(part.name());
        if (Files.exists(path)) {
            long size = Files.size(path);
            // The user emptied the file, as the message below suggests.
            FileSinkState.Part left = size == 0 ? new FileSinkState.Part(part.name(), 0, 0) : part;
            if (size < left.length()) {
                throw lost(path, "has only " + size + " of the " + part.length() + " bytes", "empty it");
            }
            file = AppendedFile.reopen(path, left.length(), opener);
            return saved.with(left);
        } else if (Files.exists(name(part).visiblePath(directory))) {
            return saved.withoutPart();
        }
        throw lost(path, "is gone, with the " + part.length() + " bytes", "create an empty file of this name");
    }

    private static StreamException lost(Path path, String fact, String remedy) {
        return new StreamException(path + " " + fact + " that the stream has written. Restore it, or " + remedy
                + " to continue without these posts.");
    }

    /** The unfinished files of streams with this name. */
    private List<PartName> parts() throws IOException {
        List<PartName> parts = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, ".*.part")) {
            for (Path entry : entries) {
                PartName.parseHidden(entry.getFileName().toString())
                        .filter(name -> name.stream().equals(stream))
                        .ifPresent(parts::add);
            }
        }
        return parts;
    }

    @Override
    public SinkState write(List<Post> posts) {
        publishDue();
        FileSinkState before = state();
        FileSinkState.Part part = before.part();
        try {
            if (part == null) {
                PartName name =
                        PartName.of(stream, before.id(), before.files() + 1, clock.instant(), settings.compression());
                file = AppendedFile.create(directory, name.hidden(), opener);
                part = new FileSinkState.Part(name.hidden(), 0, 0);
                before = new FileSinkState(before.id(), name.number(), part);
            }
            byte[] content = BatchEncoder.encode(posts, settings.compression());
            long length = Objects.requireNonNull(file, "opened with the state").append(content, part.length());
            long bytes = part.bytes() + posts.stream().mapToLong(Post::size).sum();
            return update(before.with(new FileSinkState.Part(part.name(), length, bytes)));
        } catch (IOException exception) {
            Path path = part == null ? directory : directory.resolve(part.name());
            throw StreamException.of("write to", path, exception);
        }
    }

    /** The age of a file comes from its name, so it also grows while the stream is stopped. */
    @Override
    public Optional<SinkState> publishDue() {
        FileSinkState.Part part = state().part();
        if (part == null || !isDue(part)) {
            return Optional.empty();
        }
        return Optional.of(publish(part));
    }

    private boolean isDue(FileSinkState.Part part) {
        PartName name = name(part);
        Instant now = clock.instant();
        Duration age = Duration.between(name.openedAt(), now);
        return part.bytes() >= settings.bufferBytes()
                || age.compareTo(settings.bufferTime()) >= 0
                || age.isNegative()
                || !name.isOfHour(now);
    }

    /** The checkpoint covers the whole file, so a crash after the rename neither loses nor repeats posts. */
    private SinkState publish(FileSinkState.Part part) {
        Path from = directory.resolve(part.name());
        Path to = name(part).visiblePath(directory);
        try {
            closeFile();
            Files.createDirectories(to.getParent());
            if (Files.exists(to)) {
                throw new FileAlreadyExistsException(to.toString());
            }
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            @Nullable Path changed = to.getParent();
            while (changed != null && changed.startsWith(directory)) {
                PrivateFiles.sync(changed);
                changed = changed.getParent();
            }
        } catch (FileAlreadyExistsException exception) {
            throw new StreamException(to + " already exists. Move it away, then start the stream again.", exception);
        } catch (IOException exception) {
            throw StreamException.of("rename", from, exception);
        }
        return update(state().withoutPart());
    }

    private static PartName name(FileSinkState.Part part) {
        return PartName.parseHidden(part.name())
                .orElseThrow(() -> new IllegalStateException("no name of a part: " + part.name()));
    }

    private FileSinkState state() {
        return Objects.requireNonNull(state, "the sink is open");
    }

    private SinkState update(FileSinkState next) {
        state = next;
        return next.toSinkState();
    }

    @Override
    public SinkState finish() {
        FileSinkState.Part part = state().part();
        return part == null ? state().toSinkState() : publish(part);
    }

    private void closeFile() {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    @Override
    public void close() {
        closeFile();
    }
}
