package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.parallel.BoundedParallel;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Uploads one large file in parallel parts. Aborts a failed upload, because its invisible parts incur costs. */
record MultipartUpload(AwsContext aws, LocalFile file, boolean onlyIfAbsent, TransferCounter counter) {
    private static final Duration CONFLICT_BUDGET = Duration.ofMinutes(2);

    private S3Uri target() {
        return file.target();
    }

    void execute() throws IOException {
        String uploadId = aws.call(
                        "start the upload of " + file.path() + " to " + target(),
                        () -> aws.s3()
                                .createMultipartUpload(request ->
                                        request.bucket(target().bucket()).key(target().key())))
                .uploadId();
        boolean complete = false;
        try {
            complete = complete(uploadId, send(uploadId));
        } finally {
            if (!complete) {
                abort(uploadId);
            }
        }
    }

    private List<CompletedPart> send(String uploadId) throws IOException {
        Map<Integer, CompletedPart> completed = new ConcurrentSkipListMap<>();
        List<BoundedParallel.IoRunnable> tasks = new ArrayList<>();
        List<FileSlice> slices = file.slices();
        for (int number = 1; number <= slices.size(); number++) {
            int partNumber = number;
            FileSlice slice = slices.get(number - 1);
            tasks.add(() -> {
                completed.put(partNumber, send(uploadId, partNumber, slice));
                counter.add(slice.length());
            });
        }
        BoundedParallel.run(tasks);
        return List.copyOf(completed.values());
    }

    private CompletedPart send(String uploadId, int partNumber, FileSlice slice) {
        String etag = aws.call(
                        "upload part " + partNumber + " of " + file.path() + " to " + target(),
                        () -> aws.s3()
                                .uploadPart(
                                        request -> request.bucket(target().bucket())
                                                .key(target().key())
                                                .uploadId(uploadId)
                                                .partNumber(partNumber),
                                        slice.requestBody()))
                .eTag();
        return CompletedPart.builder().partNumber(partNumber).eTag(etag).build();
    }

    /** Completes the upload; false when another runner has uploaded the same content first. */
    private boolean complete(String uploadId, List<CompletedPart> parts) {
        try {
            aws.call(
                    "complete the upload of " + file.path() + " to " + target(),
                    fault -> fault.is(Kind.CONFLICT),
                    CONFLICT_BUDGET,
                    () -> aws.s3()
                            .completeMultipartUpload(request -> request.bucket(target().bucket())
                                    .key(target().key())
                                    .uploadId(uploadId)
                                    .ifNoneMatch(onlyIfAbsent ? "*" : null)
                                    .multipartUpload(completedUpload -> completedUpload.parts(parts))));
            return true;
        } catch (AwsException fault) {
            if (fault.is(Kind.ALREADY_EXISTS)) {
                return false;
            } else if (fault.code().equals("NoSuchUpload") && isComplete()) {
                // The response to an earlier request was lost, but it had completed the upload.
                return true;
            }
            throw fault;
        }
    }

    private boolean isComplete() {
        return new S3Objects(aws)
                .find(target())
                .filter(object -> object.size() == file.size())
                .isPresent();
    }

    private void abort(String uploadId) {
        try {
            aws.callBriefly(
                    "abort the upload of " + file.path() + " to " + target(),
                    () -> aws.s3()
                            .abortMultipartUpload(request -> request.bucket(target().bucket())
                                    .key(target().key())
                                    .uploadId(uploadId)));
        } catch (AwsException fault) {
            // Report the original failure instead. The bucket's lifecycle rule also deletes the parts.
        }
    }
}
