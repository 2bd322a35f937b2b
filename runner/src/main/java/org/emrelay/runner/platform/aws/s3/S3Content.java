package org.emrelay.runner.platform.aws.s3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * What was found at a place in a bucket, to be copied to this machine: one object, or all those of a folder.
 *
 * @param isFolder whether the place itself is no object
 */
public record S3Content(S3Uri place, boolean isFolder, List<Item> items) {

    /**
     * One object.
     *
     * @param path its place below the directory that the copy lands in
     */
    record Item(String path, S3Object object) {
        Item {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(object, "object");
        }
    }

    public S3Content {
        Objects.requireNonNull(place, "place");
        items = List.copyOf(items);
    }

    public String uri() {
        return place.toString();
    }

    /** The last name of its key, or the bucket's. */
    public String name() {
        return place.key().isEmpty() ? place.bucket() : place.name();
    }

    public int files() {
        return items.size();
    }

    public long bytes() {
        return items.stream().mapToLong(item -> item.object().size()).sum();
    }

    /** Another one for another place, and for each change of what lies there: in 16 letters and digits. */
    public String version() {
        MessageDigest digest = sha256();
        add(digest, uri());
        for (Item item : items) {
            add(digest, item.path());
            add(digest, item.object().etag());
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JVM has SHA-256", exception);
        }
    }
}
