package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.TransferListener;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.parallel.BoundedParallel;
import org.emrelay.runner.platform.aws.s3.FileUpload.Target;

/**
 * Uploads a local file or directory in parallel, skipping objects that are up to date.
 *
 * <p>Existing objects are compared by the SHA-256 checksum that S3 stores. Equal keys are no proof: others may write to the bucket.
 */
record S3Upload(
        AwsContext aws,
        Path source,
        S3Uri target,
        TransferListener listener,
        Notices notices,
        Predicate<AwsException> retryable) {

    /** A file to upload, and what is at its target. */
    private record Pending(FileUpload upload, Target found) {}

    /**
     * Uploads what is missing or differs.
     *
     * @param isContentAddressed whether the key contains a hash of the content: only someone else can have changed the object then
     */
    void execute(boolean isContentAddressed) throws IOException {
        try {
            Collection<Pending> pending = pending(isContentAddressed);
            if (isContentAddressed) {
                warn(pending.stream()
                        .filter(each -> each.found() == Target.DIFFERENT)
                        .map(each -> each.upload().uri())
                        .toList());
            }
            send(pending, isContentAddressed);
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
    }

    private Collection<Pending> pending(boolean isContentAddressed) throws IOException {
        List<LocalFile> files = LocalFile.of(source, target);
        Map<S3Uri, Long> sizes = Files.isDirectory(source) ? sizesBelow(files, isContentAddressed) : null;
        Map<Integer, Pending> pending = new ConcurrentSkipListMap<>();
        List<BoundedParallel.IoRunnable> tasks = new ArrayList<>();
        for (LocalFile file : files) {
            int position = tasks.size();
            tasks.add(() -> {
                FileUpload upload = new FileUpload(aws, file, FileChecksum.of(file), retryable);
                Target found;
                if (sizes == null) {
                    found = upload.compare();
                } else {
                    Long size = sizes.get(file.target());
                    found = size == null ? Target.ABSENT : size != file.size() ? Target.DIFFERENT : upload.compare();
                }
                if (found != Target.EQUAL) {
                    pending.put(position, new Pending(upload, found));
                }
            });
        }
        BoundedParallel.run(tasks);
        return pending.values();
    }

    /** Needs one listing for all files of a directory. */
    private Map<S3Uri, Long> sizesBelow(List<LocalFile> files, boolean isContentAddressed) {
        Map<S3Uri, Long> sizes = new HashMap<>();
        for (S3Object object : new S3Objects(aws).listBelow(target)) {
            if (object.size() > 0 || !object.isFolderMarker()) {
                sizes.put(new S3Uri(target.bucket(), object.key()), object.size());
            }
        }
        if (isContentAddressed) {
            Set<S3Uri> foreign = new HashSet<>(sizes.keySet());
            files.forEach(file -> foreign.remove(file.target()));
            refuse(foreign.stream().map(S3Uri::toString).sorted().toList());
        }
        return sizes;
    }

    /** @param foreign the URIs of objects that a step would read beside those of its upload */
    static void refuse(List<String> foreign) {
        if (!foreign.isEmpty()) {
            throw new RefusedException(foreign.get(0)
                    + (foreign.size() == 1 ? " was" : " and " + (foreign.size() - 1) + " more objects were")
                    + " not uploaded by Emrelay, but a step would read "
                    + (foreign.size() == 1 ? "it. Delete it" : "them. Delete them")
                    + ", then retry.");
        }
    }

    private void send(Collection<Pending> pending, boolean isContentAddressed) throws IOException {
        if (pending.isEmpty()) {
            return;
        }
        long totalBytes =
                pending.stream().mapToLong(each -> each.upload().file().size()).sum();
        TransferCounter counter = new TransferCounter(listener, "upload of " + source.getFileName(), totalBytes);
        List<Pending> large = new ArrayList<>();
        List<BoundedParallel.IoRunnable> small = new ArrayList<>();
        for (Pending each : pending) {
            if (each.upload().file().slices().size() > 1) {
                large.add(each);
            } else {
                small.add(() -> send(each, isContentAddressed, counter));
            }
        }
        BoundedParallel.run(small);
        for (Pending each : large) {
            send(each, isContentAddressed, counter);
        }
    }

    private void send(Pending pending, boolean isContentAddressed, TransferCounter counter) throws IOException {
        FileUpload upload = pending.upload();
        boolean onlyIfAbsent = isContentAddressed && pending.found() == Target.ABSENT;
        if (!upload.send(onlyIfAbsent, counter) && upload.compare() != Target.EQUAL) {
            // Otherwise another runner has uploaded it, or our earlier request succeeded although its response was
            // lost.
            warn(List.of(upload.uri()));
            upload.send(false, new TransferCounter(TransferListener.NONE, "", 0));
        }
    }

    private void warn(List<S3Uri> changed) {
        if (!changed.isEmpty()) {
            notices.warn("Someone other than Emrelay changed " + changed.get(0)
                    + (changed.size() == 1 ? ". It is" : " and " + (changed.size() - 1) + " more objects. They are")
                    + " uploaded again. Check who can write to the bucket.");
        }
    }
}
