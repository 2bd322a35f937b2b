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

/** Removes a bucket with everything in it: all versions, their markers, and uploads that were never finished. */
public final class BucketRemoval {
    /** What still writes into the bucket, such as the last logs, ends soon. */
    private static final Duration SETTLING = Duration.ofMinutes(5);

    private static final int ROUNDS = 20;

    private final AwsContext aws;

    public BucketRemoval(AwsContext aws) {
        this.aws = aws;
    }

    private S3Client s3() {
        return aws.clients().s3();
    }

    public void remove(String bucket) {
        try {
            for (int round = 1; ; round++) {
                empty(bucket);
                try {
                    aws.patience()
                            .ask(
                                    "remove the bucket " + bucket,
                                    () -> s3().deleteBucket(request -> request.bucket(bucket)));
                    return;
                } catch (AwsException fault) {
                    boolean filledMeanwhile = fault.is(Kind.IN_USE) && round < ROUNDS;
                    if (!filledMeanwhile || !aws.patience().sleep(SETTLING.dividedBy(ROUNDS))) {
                        throw fault;
                    }
                }
            }
        } catch (AwsException fault) {
            if (!fault.is(Kind.ABSENT)) {
                throw fault;
            }
        }
    }

    /** Unfinished uploads are no objects: neither list waits for the other. */
    private void empty(String bucket) {
        try (ParallelTasks work = new ParallelTasks(false)) {
            work.run(() -> removeObjects(bucket));
            work.run(() -> abortUploads(bucket));
            work.finish();
        }
    }

    private void removeObjects(String bucket) {
        boolean more = true;
        while (more) {
            // What was listed is gone when the next page is asked for: it always begins at the start.
            ListObjectVersionsResponse page = aws.patience()
                    .ask(
                            "list what is in the bucket " + bucket,
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
        DeleteObjectsResponse response = aws.patience()
                .ask(
                        "remove what is in the bucket " + bucket,
                        () -> s3().deleteObjects(request -> request.bucket(bucket)
                                .delete(delete -> delete.objects(objects).quiet(true))));
        if (response.hasErrors() && !response.errors().isEmpty()) {
            throw AwsException.refused(
                    "remove s3://" + bucket + "/" + response.errors().get(0).key(),
                    response.errors().get(0).code(),
                    response.errors().get(0).message());
        }
    }

    private void abortUploads(String bucket) {
        aws.patience()
                .ask(
                        "list the unfinished uploads of the bucket " + bucket,
                        () -> s3().listMultipartUploads(request -> request.bucket(bucket)))
                .uploads()
                .forEach(upload -> aws.patience()
                        .ask(
                                "end an unfinished upload of the bucket " + bucket,
                                () -> s3().abortMultipartUpload(request ->
                                        request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()))));
    }
}
