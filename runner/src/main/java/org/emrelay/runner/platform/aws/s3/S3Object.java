package org.emrelay.runner.platform.aws.s3;

import java.util.Objects;

/**
 * An object as a listing shows it.
 *
 * @param etag changes with the content
 */
record S3Object(String key, long size, String etag) {
    S3Object {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(etag, "etag");
    }

    /** What consoles and Hadoop's file systems put where a folder is to be seen; there is nothing in it. */
    boolean isFolder() {
        return key.endsWith("/") || key.endsWith("_$folder$");
    }
}
