package org.emrelay.runner.platform.aws.s3;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** Deletes a bucket with all object versions, delete markers and incomplete multipart uploads. */
public final class BucketDeletion {
    /** Late writers, such as EMR's log upload, stop within minutes. */
    private static final Duration RETRY_BUDGET = Duration.ofMinutes(5);

    private static final int MAX_ATTEMPTS = 20;

    private final AwsContext aws;

    public BucketDeletion(AwsContext aws) {
        this.aws = aws;
    }

    private S3Client s3() {
        return aws.clients().s3();
    }

    public void delete(String bucket) {
        try {
            for (int attempt = 1; ; attempt++) {
                empty(bucket);
                try {
                    aws.retry()
                            .call(
                                    "delete the bucket " + bucket,
                                    () -> s3().deleteBucket(request -> request.bucket(bucket)));
                    return;
                } catch (AwsException fault) {
                    boolean refilled = fault.is(Kind.CONFLICT) && attempt < MAX_ATTEMPTS;
                    if (!refilled || !aws.retry().sleep(RETRY_BUDGET.dividedBy(MAX_ATTEMPTS))) {
                        throw fault;
                    }
                }
            }
        } catch (AwsException fault) {
            if (!fault.is(Kind.NOT_FOUND)) {
                throw fault;
            }
        }
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
            ListObjectVersionsResponse page = aws.retry()
                    .call(
                            "list the object versions in the bucket " + bucket,
                            () -> s3().listObjectVersions(request -> request.bucket(bucket)));
            List<ObjectIdentifier> objects = Stream.concat(
                            page.versions().stream().map(version -> identifier(version.key(), version.versionId())),
                            page.deleteMarkers().stream().map(marker -> identifier(marker.key(), marker.versionId())))
                    .toList();
            delete(bucket, objects);
            more = Boolean.TRUE.equals(page.isTruncated()) && !objects.isEmpty();
        }
    }

    private static ObjectIdentifier identifier(String key, String version) {
        return ObjectIdentifier.builder().key(key).versionId(version).build();
    }

    private void delete(String bucket, List<ObjectIdentifier> objects) {
        if (objects.isEmpty()) {
            return;
        }
        DeleteObjectsResponse response = aws.retry()
                .call(
                        "delete the objects in the bucket " + bucket,
                        () -> s3().deleteObjects(request -> request.bucket(bucket)
                                .delete(delete -> delete.objects(objects).quiet(true))));
        if (response.hasErrors() && !response.errors().isEmpty()) {
            throw AwsException.rejected(
                    "delete s3://" + bucket + "/" + response.errors().get(0).key(),
                    response.errors().get(0).code(),
                    response.errors().get(0).message());
        }
    }

    private void abortUploads(String bucket) {
        aws.retry()
                .call(
                        "list the multipart uploads in the bucket " + bucket,
                        () -> s3().listMultipartUploads(request -> request.bucket(bucket)))
                .uploads()
                .forEach(upload -> aws.retry()
                        .call(
                                "abort a multipart upload in the bucket " + bucket,
                                () -> s3().abortMultipartUpload(request ->
                                        request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()))));
    }
}
