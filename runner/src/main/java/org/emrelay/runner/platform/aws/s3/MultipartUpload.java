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
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Sends one large file in parts, side by side. An upload that fails is taken back, for its parts would cost money unseen. */
final class MultipartUpload {
    private static final Duration CONFLICT_AT_MOST = Duration.ofMinutes(2);

    private final AwsContext aws;
    private final LocalFile file;
    private final S3Uri place;
    private final boolean onlyIfAbsent;
    private final TransferCounter transfer;

    MultipartUpload(AwsContext aws, LocalFile file, boolean onlyIfAbsent, TransferCounter transfer) {
        this.aws = aws;
        this.file = file;
        this.place = file.target();
        this.onlyIfAbsent = onlyIfAbsent;
        this.transfer = transfer;
    }

    private S3Client s3() {
        return aws.clients().s3();
    }

    void carryOut() throws IOException {
        String upload = aws.patience()
                .ask(
                        "begin to upload " + file.file() + " to " + place,
                        () -> s3().createMultipartUpload(request ->
                                request.bucket(place.bucket()).key(place.key())))
                .uploadId();
        boolean complete = false;
        try {
            complete = complete(upload, send(upload));
        } finally {
            if (!complete) {
                takeBack(upload);
            }
        }
    }

    private List<CompletedPart> send(String upload) throws IOException {
        Map<Integer, CompletedPart> sent = new ConcurrentSkipListMap<>();
        List<BoundedParallel.Work> work = new ArrayList<>();
        List<FileSlice> slices = file.slices();
        for (int number = 1; number <= slices.size(); number++) {
            int part = number;
            FileSlice slice = slices.get(number - 1);
            work.add(() -> {
                sent.put(part, send(upload, part, slice));
                transfer.moved(slice.length());
            });
        }
        BoundedParallel.run(work);
        return List.copyOf(sent.values());
    }

    private CompletedPart send(String upload, int part, FileSlice slice) {
        String etag = aws.patience()
                .ask(
                        "upload part " + part + " of " + file.file() + " to " + place,
                        () -> s3().uploadPart(
                                        request -> request.bucket(place.bucket())
                                                .key(place.key())
                                                .uploadId(upload)
                                                .partNumber(part),
                                        slice.body()))
                .eTag();
        return CompletedPart.builder().partNumber(part).eTag(etag).build();
    }

    /** Whether the upload is no more: somebody else may have brought the same content first. */
    private boolean complete(String upload, List<CompletedPart> parts) {
        try {
            aws.patience()
                    .ask(
                            "end the upload of " + file.file() + " to " + place,
                            fault -> fault.is(Kind.IN_USE),
                            CONFLICT_AT_MOST,
                            () -> s3().completeMultipartUpload(request -> request.bucket(place.bucket())
                                    .key(place.key())
                                    .uploadId(upload)
                                    .ifNoneMatch(onlyIfAbsent ? "*" : null)
                                    .multipartUpload(whole -> whole.parts(parts))));
            return true;
        } catch (AwsException fault) {
            if (fault.is(Kind.ALREADY_THERE)) {
                return false;
            } else if (fault.code().equals("NoSuchUpload") && isThere()) {
                // The answer to a first request was lost, and the upload was complete by then.
                return true;
            }
            throw fault;
        }
    }

    private boolean isThere() {
        return new S3Listing(aws)
                .at(place)
                .filter(object -> object.size() == file.size())
                .isPresent();
    }

    private void takeBack(String upload) {
        try {
            aws.patience()
                    .askBriefly(
                            "take back the upload of " + file.file() + " to " + place,
                            () -> s3().abortMultipartUpload(request -> request.bucket(place.bucket())
                                    .key(place.key())
                                    .uploadId(upload)));
        } catch (AwsException fault) {
            // What stopped the upload is what is told; the bucket's lifecycle removes the parts too.
        }
    }
}
