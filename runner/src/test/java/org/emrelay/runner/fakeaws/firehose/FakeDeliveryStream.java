package org.emrelay.runner.fakeaws.firehose;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.jspecify.annotations.Nullable;

/** A delivery stream: its configuration, state and buffer. */
public final class FakeDeliveryStream {
    private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.ROOT);

    final String name;
    final Tree destination;
    final Map<String, String> tags = new TreeMap<>();
    final Instant createdAt;
    String state = "CREATING";

    @Nullable
    String failure;
    /** When the state changes by itself. */
    Instant stateUntil;

    private final List<byte[]> buffer = new ArrayList<>();
    private long bufferedBytes;
    private Instant oldest = Instant.MAX;
    private Instant retryAt = Instant.MIN;
    private int files;

    FakeDeliveryStream(String name, Tree destination, Instant createdAt, Instant stateUntil) {
        this.name = name;
        this.destination = destination;
        this.createdAt = createdAt;
        this.stateUntil = stateUntil;
    }

    public String name() {
        return name;
    }

    public String state() {
        return state;
    }

    public Map<String, String> tags() {
        return tags;
    }

    /** The destination as it was given. */
    public Tree destination() {
        return destination;
    }

    public int bufferedRecords() {
        return buffer.size();
    }

    void add(byte[] record, Instant now) {
        if (buffer.isEmpty()) {
            oldest = now;
        }
        buffer.add(record);
        bufferedBytes += record.length;
    }

    /** When the buffer is to be delivered; {@code Instant.MAX} if it is empty. */
    Instant dueAt(Instant now) {
        if (buffer.isEmpty()) {
            return Instant.MAX;
        }
        Tree hints = destination.tree("BufferingHints");
        boolean isFull = bufferedBytes >= hints.number("SizeInMBs", 5) * (1L << 20);
        Instant due = isFull ? now : oldest.plus(Duration.ofSeconds(hints.number("IntervalInSeconds", 300)));
        return due.isBefore(retryAt) ? retryAt : due;
    }

    /** The key of the file in which the buffer is delivered. */
    String key() {
        Instant time = oldest;
        String random = String.format(Locale.ROOT, "%08x", files);
        return FirehosePrefix.evaluate(destination.text("Prefix", ""), time, "", random)
                + name + "-1-" + FILE_TIME.format(time.atOffset(ZoneOffset.UTC)) + "-" + random
                + destination.text("FileExtension", "");
    }

    byte[] content() {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        buffer.forEach(content::writeBytes);
        return destination.text("CompressionFormat", "UNCOMPRESSED").equals("GZIP")
                ? gzip(content.toByteArray())
                : content.toByteArray();
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return compressed.toByteArray();
    }

    void delivered() {
        files++;
        buffer.clear();
        bufferedBytes = 0;
        oldest = Instant.MAX;
    }

    /** Firehose tries a failed delivery again, and gives it up after 24 hours. */
    void deliveryFailed(Instant now, Duration pause) {
        if (now.isAfter(oldest.plus(Duration.ofHours(24)))) {
            delivered();
        } else {
            retryAt = now.plus(pause);
        }
    }

    String fingerprint() {
        return state + " " + tags + " " + destination;
    }
}
