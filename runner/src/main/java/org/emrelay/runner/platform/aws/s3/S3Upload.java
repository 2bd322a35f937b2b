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
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.parallel.BoundedParallel;

/** Brings a file or directory of this machine into the bucket: what is there already stays, the rest is sent side by side. */
final class S3Upload {
    private static final Duration CONFLICT_AT_MOST = Duration.ofMinutes(2);

    private final AwsContext aws;
    private final Path source;
    private final S3Uri target;
    private final TransferListener listener;

    S3Upload(AwsContext aws, Path source, S3Uri target, TransferListener listener) {
        this.aws = aws;
        this.source = source;
        this.target = target;
        this.listener = listener;
    }

    /** @param namesContent whether what is there under the same name is the same, or has to be compared */
    void carryOut(boolean namesContent) throws IOException {
        List<LocalFile> missing = missing(LocalFile.of(source, target), namesContent);
        if (missing.isEmpty()) {
            return;
        }
        long all = missing.stream().mapToLong(LocalFile::size).sum();
        TransferCounter transfer = new TransferCounter(listener, "upload of " + source.getFileName(), all);
        List<LocalFile> large = new ArrayList<>();
        List<BoundedParallel.Work> small = new ArrayList<>();
        for (LocalFile file : missing) {
            if (file.slices().size() > 1) {
                large.add(file);
            } else {
                small.add(() -> put(file, namesContent, transfer));
            }
        }
        try {
            BoundedParallel.run(small);
            for (LocalFile file : large) {
                new MultipartUpload(aws, file, namesContent, transfer).carryOut();
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    /** One look tells of all. */
    private List<LocalFile> missing(List<LocalFile> files, boolean namesContent) throws IOException {
        S3Listing listing = new S3Listing(aws);
        Map<String, S3Object> there = new HashMap<>();
        listing.at(target).ifPresent(object -> there.put(object.key(), object));
        if (files.stream().anyMatch(file -> !file.target().equals(target))) {
            listing.below(target).forEach(object -> there.put(object.key(), object));
        }
        List<LocalFile> missing = new ArrayList<>();
        for (LocalFile file : files) {
            S3Object object = there.get(file.target().key());
            boolean same = object != null
                    && (namesContent
                            || (object.size() == file.size() && object.etag().equals(MultipartETag.of(file.slices()))));
            if (!same) {
                missing.add(file);
            }
        }
        return missing;
    }

    private void put(LocalFile file, boolean onlyIfAbsent, TransferCounter transfer) {
        S3Uri place = file.target();
        try {
            aws.patience()
                    .ask(
                            "upload " + file.file() + " to " + place,
                            fault -> fault.is(Kind.IN_USE),
                            CONFLICT_AT_MOST,
                            () -> aws.clients()
                                    .s3()
                                    .putObject(
                                            request -> request.bucket(place.bucket())
                                                    .key(place.key())
                                                    .ifNoneMatch(onlyIfAbsent ? "*" : null),
                                            file.slices().get(0).body()));
        } catch (AwsException fault) {
            // Another runner has brought the same content meanwhile, or our own first request arrived after all.
            if (!fault.is(Kind.ALREADY_THERE)) {
                throw fault;
            }
        }
        transfer.moved(file.size());
    }
}
