package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a bucket.
 *
 * @param key without a slash at either end; empty for the bucket itself
 */
public record S3Uri(String bucket, String key) {
    private static final Pattern URI = Pattern.compile("s3[an]?://([^/]+)(?:/+(.*?))?/*", Pattern.DOTALL);

    public S3Uri {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(key, "key");
    }

    /** Reads {@code s3://}, and {@code s3a://} and {@code s3n://} too, which Hadoop has for the same. */
    public static S3Uri of(String uri) throws IOException {
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            throw new IOException(uri + " is no place in a bucket: steps on EMR write to s3://bucket/key.");
        }
        return new S3Uri(matcher.group(1), Objects.requireNonNullElse(matcher.group(2), ""));
    }

    /** What the keys of all that lies below it begin with. */
    String folder() {
        return key.isEmpty() ? "" : key + "/";
    }

    S3Uri below(String path) {
        return new S3Uri(bucket, folder() + path);
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
