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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonSyntaxException;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * The journal of what is made on AWS for one cluster, on this machine's disk. A line stands there, synced, before the thing that it names is asked for:
 * whatever happens then, a later command knows that it may exist. A line that a crash has cut off says nothing yet, and nothing was asked for.
 */
public final class ResourceJournal implements AutoCloseable {
    private final RandomAccessFile file;
    private final FileLock lock;
    private final Clock clock;
    private final List<Entry> entries;

    /** What a line says of a thing. */
    enum Act {
        BEGIN,
        ASK,
        HAVE,
        REMOVED
    }

    /** One line. For a cluster the name is its creation, for a group that is there the id its own. */
    record Entry(Act act, @Nullable ResourceKind kind, String name, String id) {}

    private ResourceJournal(RandomAccessFile file, FileLock lock, Clock clock, List<Entry> entries) {
        this.file = file;
        this.lock = lock;
        this.clock = clock;
        this.entries = entries;
    }

    /** Opens a ledger and keeps other processes out of it; empty when one of them has it open. */
    public static Optional<ResourceJournal> open(Path path, Clock clock) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            FileLock lock = file.getChannel().tryLock();
            if (lock != null) {
                return Optional.of(new ResourceJournal(file, lock, clock, read(file)));
            }
        } catch (OverlappingFileLockException heldHere) {
            // By another command in this very process.
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
        int whole = content.length;
        while (whole > 0 && content[whole - 1] != '\n') {
            whole--;
        }
        file.setLength(whole);
        file.seek(whole);
        List<Entry> entries = new ArrayList<>();
        for (String line : new String(content, 0, whole, StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isEmpty()) {
                entries.add(entry(line));
            }
        }
        return entries;
    }

    /** A line that cannot be read must not keep anybody from cleaning up: everything is found by name and tag too. */
    private static Entry entry(String line) {
        try {
            if (JsonReader.read(line) instanceof JsonObject object) {
                String kind = text(object, "kind");
                return new Entry(
                        Act.valueOf(text(object, "act")),
                        kind.isEmpty() ? null : ResourceKind.valueOf(kind),
                        text(object, "name"),
                        text(object, "id"));
            }
        } catch (JsonSyntaxException | IllegalArgumentException damaged) {
            // As below.
        }
        return new Entry(Act.ASK, ResourceKind.CLUSTER, "", "");
    }

    private static String text(JsonObject object, String key) {
        return object.get(key) instanceof JsonString text ? text.text() : "";
    }

    /** A new creation begins: what earlier ones made is still known. */
    public void begin(String creation) {
        append(Act.BEGIN, null, creation, "");
    }

    /** A thing is about to be asked for. */
    public void asks(ResourceKind kind, String name) {
        append(Act.ASK, kind, name, "");
    }

    /** A thing is there. */
    public void has(ResourceKind kind, String name, String id) {
        append(Act.HAVE, kind, name, id);
    }

    /** A thing is gone, or was never made. */
    public void removed(ResourceKind kind, String name) {
        append(Act.REMOVED, kind, name, "");
    }

    private synchronized void append(Act act, @Nullable ResourceKind kind, String name, String id) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", clock.instant().toString());
        line.put("act", act.name());
        line.put("kind", kind == null ? "" : kind.name());
        line.put("name", name);
        line.put("id", id);
        try {
            file.write((JsonWriter.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
            file.getFD().sync();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        entries.add(new Entry(act, kind, name, id));
    }

    /** Whether nothing was ever written. */
    public synchronized boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Names of a kind that were asked for and not removed since, with their ids where they are known, else empty. */
    public synchronized Map<String, String> open(ResourceKind kind) {
        Map<String, String> open = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (entry.kind() == kind && entry.act() == Act.REMOVED) {
                open.remove(entry.name());
            } else if (entry.kind() == kind) {
                open.merge(entry.name(), entry.id(), (known, id) -> id.isEmpty() ? known : id);
            }
        }
        return open;
    }

    /** Whether anything is left that costs money or is in the way. A bucket that is kept on purpose is neither. */
    public synchronized boolean isSettled() {
        for (ResourceKind kind : ResourceKind.values()) {
            if (kind != ResourceKind.BUCKET && !open(kind).isEmpty()) {
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
