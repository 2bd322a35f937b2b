package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.parallel.BoundedParallel;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Uploads one large file in parallel parts. Aborts a failed upload, because its invisible parts incur costs. */
record MultipartUpload(FileUpload upload, boolean onlyIfAbsent, TransferCounter counter) {
    private AwsContext aws() {
        return upload.aws();
    }

    private S3Uri target() {
        return upload.uri();
    }

    /** False if another runner has uploaded the object first. */
    boolean execute() throws IOException {
        String uploadId = upload.call(
                        "start the upload",
                        () -> aws().s3()
                                .createMultipartUpload(request -> request.bucket(target().bucket())
                                        .key(target().key())
                                        .checksumAlgorithm(ChecksumAlgorithm.SHA256)))
                .uploadId();
        boolean complete = false;
        try {
            complete = complete(uploadId, send(uploadId));
        } finally {
            if (!complete) {
                abort(uploadId);
            }
        }
        return complete;
    }

    private List<CompletedPart> send(String uploadId) throws IOException {
        Map<Integer, CompletedPart> completed = new ConcurrentSkipListMap<>();
        List<BoundedParallel.IoRunnable> tasks = new ArrayList<>();
        List<FileSlice> slices = upload.file().slices();
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
        String checksum = upload.checksum().parts().get(partNumber - 1);
        String etag = aws().call(
                        "upload part " + partNumber + " of " + upload.file().path() + " to " + target(),
                        () -> aws().s3()
                                .uploadPart(
                                        request -> request.bucket(target().bucket())
                                                .key(target().key())
                                                .uploadId(uploadId)
                                                .partNumber(partNumber)
                                                .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                                                .checksumSHA256(checksum),
                                        slice.requestBody()))
                .eTag();
        return CompletedPart.builder()
                .partNumber(partNumber)
                .eTag(etag)
                .checksumSHA256(checksum)
                .build();
    }

    private boolean complete(String uploadId, List<CompletedPart> parts) throws IOException {
        try {
            upload.call(
                    "complete the upload",
                    () -> aws().s3()
                            .completeMultipartUpload(request -> request.bucket(target().bucket())
                                    .key(target().key())
                                    .uploadId(uploadId)
                                    .ifNoneMatch(onlyIfAbsent ? "*" : null)
                                    .multipartUpload(completedUpload -> completedUpload.parts(parts))));
            return true;
        } catch (AwsException fault) {
            if (fault.is(Kind.ALREADY_EXISTS)) {
                return false;
            } else if (fault.code().equals("NoSuchUpload") && upload.compare() == FileUpload.Target.EQUAL) {
                // The response to an earlier request was lost, but it had completed the upload.
                return true;
            }
            throw fault;
        }
    }

    private void abort(String uploadId) {
        try {
            aws().callBriefly(
                            "abort the upload of " + upload.file().path() + " to " + target(),
                            () -> aws().s3()
                                    .abortMultipartUpload(request -> request.bucket(target().bucket())
                                            .key(target().key())
                                            .uploadId(uploadId)));
        } catch (AwsException fault) {
            // Report the original failure instead. The bucket's lifecycle rule also deletes the parts.
        }
    }
}
