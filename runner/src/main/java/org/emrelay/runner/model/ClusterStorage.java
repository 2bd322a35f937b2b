package org.emrelay.runner.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a cluster's workspace and logs lie.
 *
 * @param bucket a bucket that exists; null when one is made
 * @param prefix what the workspace's keys begin with in that bucket, without slashes at either end; empty for none
 * @param logUri null for the workspace's logs
 * @param logEncryptionKey a KMS key for the logs; null for the bucket's own encryption
 */
public record ClusterStorage(
        @Nullable String bucket,
        String prefix,
        @Nullable String logUri,
        @Nullable String logEncryptionKey) {}
