package org.emrelay.runner.platform.aws.s3;

/**
 * What a bucket holds.
 *
 * @param isComplete false if it holds more: only the first objects are counted
 */
public record BucketSize(long objects, long bytes, boolean isComplete) {}
