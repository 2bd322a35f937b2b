package org.emrelay.runner.platform.aws.s3;

import java.util.Objects;

/**
 * An object from a listing.
 *
 * @param etag changes with the content
 */
record S3Object(String key, long size, String etag) {
    S3Object {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(etag, "etag");
    }

    /** Whether this is an empty object with which the S3 console or Hadoop marks a folder. */
    boolean isFolderMarker() {
        return key.endsWith("/") || key.endsWith("_$folder$");
    }
}
