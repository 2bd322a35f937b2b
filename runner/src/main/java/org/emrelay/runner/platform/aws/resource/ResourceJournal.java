package org.emrelay.runner.platform.aws.resource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.jspecify.annotations.Nullable;

/**
 * The write-ahead journal of the AWS resources of a cluster or stream, on local disk.
 *
 * <p>A line is synced to disk before its resource is requested, so after a crash a later command knows that the
 * resource may exist. An incomplete last line is ignored: its resource was never requested.
 */
public final class ResourceJournal implements AutoCloseable {
    private final RandomAccessFile file;
    private final FileLock lock;
    private final Clock clock;
    private final List<Entry> entries;

    /** What happened to a resource. The names are the journal's values of {@code act}. */
    enum Event {
        BEGIN,
        ASK,
        HAVE,
        REMOVED,
        ABANDONED
    }

    /**
     * One line. The name of a cluster is the ID of its creation; only created security groups and clusters have an
     * ID.
     */
    record Entry(Event event, @Nullable ResourceKind kind, String name, String id, Instant time) {}

    private ResourceJournal(RandomAccessFile file, FileLock lock, Clock clock, List<Entry> entries) {
        this.file = file;
        this.lock = lock;
        this.clock = clock;
        this.entries = entries;
    }

    /** Opens and locks a journal; empty when another command has locked it. */
    public static Optional<ResourceJournal> open(Path path, Clock clock) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            FileLock lock = file.getChannel().tryLock();
            if (lock != null) {
                return Optional.of(new ResourceJournal(file, lock, clock, read(file)));
            }
        } catch (OverlappingFileLockException lockedByThisProcess) {
            // Another command in this JVM has locked it.
        } catch (IOException | RuntimeException exception) {
            file.close();
            throw exception;
        }
        file.close();
        return Optional.empty();
    }

    private static List<Entry> read(RandomAccessFile file) throws IOException {
        byte[] content = new byte[Math.toIntExact(file.length())];
        file.readFully(content);
        int end = content.length;
        while (end > 0 && content[end - 1] != '\n') {
            end--;
        }
        file.setLength(end);
        file.seek(end);
        List<Entry> entries = new ArrayList<>();
        for (String line : new String(content, 0, end, StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isEmpty()) {
                entries.add(entry(line));
            }
        }
        return entries;
    }

    /**
     * A malformed line counts as a cluster of unknown name. It must not prevent cleanup, which also finds resources
     * by name and tag.
     */
    private static Entry entry(String line) {
        try {
            if (JsonReader.read(line) instanceof JsonObject object) {
                String kind = text(object, "kind");
                return new Entry(
                        Event.valueOf(text(object, "act")),
                        kind.isEmpty() ? null : ResourceKind.valueOf(kind),
                        text(object, "name"),
                        text(object, "id"),
                        Instant.parse(text(object, "time")));
            }
        } catch (MalformedJsonException | IllegalArgumentException | DateTimeException malformed) {
            // Handled below.
        }
        return new Entry(Event.ASK, ResourceKind.CLUSTER, "", "", Instant.EPOCH);
    }

    private static String text(JsonObject object, String key) {
        return object.get(key) instanceof JsonString text ? text.text() : "";
    }

    /** Starts a new creation; the resources of earlier ones stay in the journal. */
    public void recordCreation(String creation) {
        append(Event.BEGIN, null, creation, "");
    }

    /** A resource is about to be requested. */
    public void recordRequest(ResourceKind kind, String name) {
        append(Event.ASK, kind, name, "");
    }

    /** A resource exists. */
    public void recordCreated(ResourceKind kind, String name, String id) {
        append(Event.HAVE, kind, name, id);
    }

    /** A resource is deleted or was never created. */
    public void recordDeleted(ResourceKind kind, String name) {
        append(Event.REMOVED, kind, name, "");
    }

    /**
     * A cluster was requested, but EMR does not list it, and it is no longer wanted. Should it appear later, it is to
     * be terminated.
     */
    public void recordAbandoned(String creation) {
        append(Event.ABANDONED, ResourceKind.CLUSTER, creation, "");
    }

    private synchronized void append(Event event, @Nullable ResourceKind kind, String name, String id) {
        Instant now = clock.instant();
        JsonMap line = new JsonMap()
                .with("time", now.toString())
                .with("act", event.name())
                .with("kind", kind == null ? "" : kind.name())
                .with("name", name)
                .with("id", id);
        try {
            file.write((JsonWriter.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
            file.getFD().sync();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        entries.add(new Entry(event, kind, name, id, now));
    }

    /** Whether nothing has ever been recorded. */
    public synchronized boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The names of resources requested and not deleted since, with their IDs or "" if unknown. */
    public synchronized Map<String, String> remaining(ResourceKind kind) {
        Map<String, String> remaining = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (entry.kind() == kind && (entry.event() == Event.REMOVED || entry.event() == Event.ABANDONED)) {
                remaining.remove(entry.name());
            } else if (entry.kind() == kind) {
                remaining.merge(entry.name(), entry.id(), (known, id) -> id.isEmpty() ? known : id);
            }
        }
        return remaining;
    }

    /** The creations whose clusters are to be terminated should they appear. */
    public synchronized Set<String> abandoned() {
        Set<String> abandoned = new LinkedHashSet<>();
        for (Entry entry : entries) {
            if (entry.event() == Event.ABANDONED) {
                abandoned.add(entry.name());
            } else if (entry.kind() == ResourceKind.CLUSTER && entry.event() == Event.REMOVED) {
                abandoned.remove(entry.name());
            }
        }
        return abandoned;
    }

    /** The names of the remaining resources that were requested or created since a time. */
    public synchronized Set<String> requestedSince(ResourceKind kind, Instant since) {
        Set<String> names = new LinkedHashSet<>(remaining(kind).keySet());
        names.removeIf(name -> entries.stream()
                .noneMatch(entry -> entry.kind() == kind
                        && entry.name().equals(name)
                        && !entry.time().isBefore(since)));
        return names;
    }

    /** Whether no resource remains, apart from the bucket, which is kept on purpose. */
    public synchronized boolean isCleanedUp() {
        for (ResourceKind kind : ResourceKind.values()) {
            if (kind != ResourceKind.BUCKET && !remaining(kind).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        lock.release();
        file.close();
    }
}
