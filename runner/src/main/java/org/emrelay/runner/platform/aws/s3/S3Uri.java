package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URI of an S3 object or prefix.
 *
 * @param key without leading or trailing slash; empty for the bucket
 */
public record S3Uri(String bucket, String key) {
    private static final Pattern URI = Pattern.compile("s3[an]?://([^/]+)(?:/+(.*?))?/*", Pattern.DOTALL);

    public S3Uri {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(key, "key");
    }

    /** Parses {@code s3://} URIs and Hadoop's variants {@code s3a://} and {@code s3n://}. */
    public static S3Uri of(String uri) throws IOException {
        return parse(uri).orElseThrow(() -> new IOException(uri + " is not an S3 URI: use s3://bucket/key."));
    }

    /** Parses a URI as {@link #of} does; empty if it is not an S3 URI. */
    public static Optional<S3Uri> parse(String uri) {
        Matcher matcher = URI.matcher(uri);
        return matcher.matches()
                ? Optional.of(new S3Uri(matcher.group(1), Objects.requireNonNullElse(matcher.group(2), "")))
                : Optional.empty();
    }

    /** The prefix of all keys below this URI. */
    String keyPrefix() {
        return key.isEmpty() ? "" : key + "/";
    }

    /** The bucket and the segments of the key. */
    List<String> segments() {
        return key.isEmpty() ? List.of(bucket) : List.of((bucket + "/" + key).split("/", -1));
    }

    public S3Uri resolve(String path) {
        return new S3Uri(bucket, keyPrefix() + path);
    }

    S3Uri sibling(String name) {
        return new S3Uri(bucket, key.substring(0, key.length() - name().length()) + name);
    }

    String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    String uri() {
        return toString();
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
