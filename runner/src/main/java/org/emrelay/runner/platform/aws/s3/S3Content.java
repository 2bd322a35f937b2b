package org.emrelay.runner.platform.aws.s3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * The objects to download from an S3 URI. This is one object, or all objects below a prefix.
 *
 * @param isFolder whether the URI is a prefix and not an object
 */
public record S3Content(S3Uri location, boolean isFolder, List<Item> items) {

    /**
     * One object to download.
     *
     * @param path relative to the target directory
     */
    record Item(String path, S3Object object) {
        Item {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(object, "object");
        }
    }

    public S3Content {
        Objects.requireNonNull(location, "location");
        items = List.copyOf(items);
    }

    public String uri() {
        return location.toString();
    }

    /** The last segment of the key, or the bucket name. */
    public String name() {
        return location.key().isEmpty() ? location.bucket() : location.name();
    }

    public int files() {
        return items.size();
    }

    public long bytes() {
        return items.stream().mapToLong(item -> item.object().size()).sum();
    }

    /** A hash of the URI, paths and ETags in 16 hexadecimal digits, which changes with the content. */
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
