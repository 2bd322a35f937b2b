package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.TransferListener;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.parallel.BoundedParallel;

/** Uploads a local file or directory in parallel, skipping objects that are up to date. */
record S3Upload(AwsContext aws, Path source, S3Uri target, TransferListener listener) {
    private static final Duration CONFLICT_BUDGET = Duration.ofMinutes(2);

    /** @param isContentAddressed whether equal keys mean equal content; otherwise sizes and ETags are compared */
    void execute(boolean isContentAddressed) throws IOException {
        List<LocalFile> missing = missing(LocalFile.of(source, target), isContentAddressed);
        if (missing.isEmpty()) {
            return;
        }
        long totalBytes = missing.stream().mapToLong(LocalFile::size).sum();
        TransferCounter counter = new TransferCounter(listener, "upload of " + source.getFileName(), totalBytes);
        List<LocalFile> large = new ArrayList<>();
        List<BoundedParallel.IoRunnable> small = new ArrayList<>();
        for (LocalFile file : missing) {
            if (file.slices().size() > 1) {
                large.add(file);
            } else {
                small.add(() -> put(file, isContentAddressed, counter));
            }
        }
        try {
            BoundedParallel.run(small);
            for (LocalFile file : large) {
                new MultipartUpload(aws, file, isContentAddressed, counter).execute();
            }
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
    }

    /** Needs one listing for all files. */
    private List<LocalFile> missing(List<LocalFile> files, boolean isContentAddressed) throws IOException {
        S3Objects objects = new S3Objects(aws);
        Map<String, S3Object> existing = new HashMap<>();
        objects.find(target).ifPresent(object -> existing.put(object.key(), object));
        if (files.stream().anyMatch(file -> !file.target().equals(target))) {
            objects.listBelow(target).forEach(object -> existing.put(object.key(), object));
        }
        List<LocalFile> missing = new ArrayList<>();
        for (LocalFile file : files) {
            S3Object object = existing.get(file.target().key());
            boolean isUpToDate = object != null
                    && (isContentAddressed
                            || (object.size() == file.size() && object.etag().equals(file.etag())));
            if (!isUpToDate) {
                missing.add(file);
            }
        }
        return missing;
    }

    private void put(LocalFile file, boolean onlyIfAbsent, TransferCounter counter) {
        S3Uri objectUri = file.target();
        // When it exists, another runner has uploaded the same content, or our earlier request succeeded although its
        // response was lost.
        aws.create(
                "upload " + file.path() + " to " + objectUri,
                fault -> fault.is(Kind.CONFLICT),
                CONFLICT_BUDGET,
                () -> aws.s3()
                        .putObject(
                                request -> request.bucket(objectUri.bucket())
                                        .key(objectUri.key())
                                        .ifNoneMatch(onlyIfAbsent ? "*" : null),
                                file.slices().get(0).requestBody()));
        counter.add(file.size());
    }
}
