package org.emrelay.runner.platform.aws.s3;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** Deletes a bucket with all object versions, delete markers and incomplete multipart uploads. */
public record BucketDeletion(AwsContext aws) {
    /** Late writers, such as EMR's log upload, stop within minutes. */
    private static final Duration RETRY_BUDGET = Duration.ofMinutes(5);

    public void delete(String bucket) {
        aws.delete("delete the bucket " + bucket, RETRY_BUDGET, () -> {
            empty(bucket);
            return aws.s3().deleteBucket(request -> request.bucket(bucket));
        });
    }

    /** Incomplete uploads are not objects, so both listings run in parallel. */
    private void empty(String bucket) {
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            tasks.run(() -> deleteObjects(bucket));
            tasks.run(() -> abortUploads(bucket));
            tasks.join();
        }
    }

    private void deleteObjects(String bucket) {
        boolean more = true;
        while (more) {
            // No page token: the listed versions are deleted before the next listing.
            ListObjectVersionsResponse page = aws.call(
                    "list the object versions in the bucket " + bucket,
                    () -> aws.s3().listObjectVersions(request -> request.bucket(bucket)));
            List<ObjectIdentifier> objects = Stream.concat(
                            page.versions().stream().map(version -> identifier(version.key(), version.versionId())),
                            page.deleteMarkers().stream().map(marker -> identifier(marker.key(), marker.versionId())))
                    .toList();
            if (!objects.isEmpty()) {
                new S3Objects(aws).delete("delete the objects in the bucket " + bucket, bucket, objects);
            }
            more = Boolean.TRUE.equals(page.isTruncated()) && !objects.isEmpty();
        }
    }

    private static ObjectIdentifier identifier(String key, String version) {
        return ObjectIdentifier.builder().key(key).versionId(version).build();
    }

    private void abortUploads(String bucket) {
        aws.call(
                        "list the multipart uploads in the bucket " + bucket,
                        () -> aws.s3().listMultipartUploads(request -> request.bucket(bucket)))
                .uploads()
                .forEach(upload -> aws.call(
                        "abort a multipart upload in the bucket " + bucket,
                        () -> aws.s3()
                                .abortMultipartUpload(request ->
                                        request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()))));
    }
}
