package org.emrelay.runner.platform.aws.iam;

import java.util.Comparator;
import java.util.Objects;

/**
 * Access of steps to a location in S3 and to everything below it.
 *
 * @param prefix the key of the location, without slashes at its ends; empty for the whole bucket
 * @param writes whether the steps may write, or only read
 */
public record BucketAccess(String bucket, String prefix, boolean writes) implements Comparable<BucketAccess> {
    private static final Comparator<BucketAccess> ORDER = Comparator.comparing(BucketAccess::bucket)
            .thenComparing(BucketAccess::prefix)
            .thenComparing(BucketAccess::writes);

    public BucketAccess {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(prefix, "prefix");
    }

    public static BucketAccess read(String bucket, String prefix) {
        return new BucketAccess(bucket, prefix, false);
    }

    public static BucketAccess write(String bucket, String prefix) {
        return new BucketAccess(bucket, prefix, true);
    }

    /** Such as {@code read and write s3://bucket/folder}. */
    public String text() {
        return verb() + " " + uri();
    }

    /** What the steps may do. */
    public String verb() {
        return writes ? "read and write" : "read";
    }

    public String uri() {
        return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }

    @Override
    public int compareTo(BucketAccess other) {
        return ORDER.compare(this, other);
    }
}
