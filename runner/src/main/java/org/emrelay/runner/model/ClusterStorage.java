package org.emrelay.runner.model;

import org.jspecify.annotations.Nullable;

/**
 * The S3 locations of a cluster's workspace and logs.
 *
 * @param bucket an existing bucket; null if the runner creates one
 * @param prefix key prefix of the workspace in that bucket, without leading or trailing slash; empty for none
 * @param logUri null for the workspace's log folder
 * @param logEncryptionKey KMS key for the logs; null for the bucket's default encryption
 */
public record ClusterStorage(
        @Nullable String bucket,
        String prefix,
        @Nullable String logUri,
        @Nullable String logEncryptionKey) {}
