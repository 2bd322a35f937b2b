package org.emrelay.runner.platform.aws.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.parallel.BoundedParallel;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Downloads one object in parallel slices. If-Match pins every slice to the listed ETag. */
final class ObjectDownload {
    private static final long SLICE_SIZE = 16L << 20;
    private static final int BUFFER_SIZE = 1 << 16;

    private final AwsContext aws;
    private final S3Uri uri;
    private final S3Object object;
    private final PartFile partFile;
    private final TransferCounter counter;
    private final AtomicInteger remainingSlices = new AtomicInteger();

    ObjectDownload(AwsContext aws, S3Uri uri, S3Object object, PartFile partFile, TransferCounter counter) {
        this.aws = aws;
        this.uri = uri;
        this.object = object;
        this.partFile = partFile;
        this.counter = counter;
    }

    /** A byte range of the object and its progress. */
    private static final class Slice {
        final String name;
        final long end;
        long position;

        Slice(long start, long end) {
            this.name = Long.toString(start);
            this.position = start;
            this.end = end;
        }
    }

    /** The downloads of the missing slices. */
    List<BoundedParallel.IoRunnable> remainingWork() throws IOException {
        partFile.resumeOrRestart(object.etag() + " " + object.size() + " in slices of " + SLICE_SIZE);
        List<BoundedParallel.IoRunnable> tasks = new ArrayList<>();
        if (partFile.isComplete()) {
            counter.add(object.size());
            return tasks;
        }
        Set<String> completed = partFile.completedSlices();
        for (long start = 0; start < object.size(); start += SLICE_SIZE) {
            Slice slice = new Slice(start, Math.min(object.size(), start + SLICE_SIZE));
            if (completed.contains(slice.name)) {
                counter.add(slice.end - slice.position);
            } else {
                tasks.add(() -> fetchSlice(slice));
            }
        }
        remainingSlices.set(tasks.size());
        if (tasks.isEmpty()) {
            partFile.complete(object.size());
        }
        return tasks;
    }

    private void fetchSlice(Slice slice) throws IOException {
        try (FileChannel file = partFile.open()) {
            while (slice.position < slice.end) {
                fetchRange(slice, file);
            }
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
        partFile.recordSlice(slice.name);
        if (remainingSlices.decrementAndGet() == 0) {
            partFile.complete(object.size());
        }
    }

    /**
     * Requests the rest of a slice. Broken connections are retried without limit as long as each attempt makes
     * progress.
     */
    private void fetchRange(Slice slice, FileChannel file) throws IOException {
        long startPosition = slice.position;
        try {
            aws.call("fetch " + uri, () -> copy(slice, file));
        } catch (AwsException fault) {
            if (fault.is(Kind.ALREADY_EXISTS) || S3Objects.isObjectNotFound(fault)) {
                throw new IOException(
                        uri + " changed or was deleted during the download. Retry once no other process writes to it.",
                        fault);
            } else if (!fault.is(Kind.UNAVAILABLE) || slice.position == startPosition) {
                throw fault;
            }
        }
    }

    private Boolean copy(Slice slice, FileChannel file) {
        ResponseInputStream<GetObjectResponse> body = aws.s3()
                .getObject(request -> request.bucket(uri.bucket())
                        .key(uri.key())
                        .ifMatch(object.etag())
                        .range("bytes=" + slice.position + "-" + (slice.end - 1)));
        boolean complete = false;
        try {
            checkRange(slice, body.response());
            byte[] buffer = new byte[BUFFER_SIZE];
            while (slice.position < slice.end) {
                int length = read(body, buffer, (int) Math.min(buffer.length, slice.end - slice.position));
                write(file, ByteBuffer.wrap(buffer, 0, length), slice.position);
                slice.position += length;
                counter.add(length);
            }
            complete = true;
        } finally {
            // Without abort, the SDK would first read the rest of the response.
            if (!complete) {
                body.abort();
            }
        }
        return Boolean.TRUE;
    }

    private void checkRange(Slice slice, GetObjectResponse response) {
        if (slice.position > 0 && response.contentRange() == null) {
            throw new UncheckedIOException(new IOException(
                    "The endpoint ignores the Range header for " + uri + ", so the download cannot resume."));
        }
    }

    private static int read(ResponseInputStream<GetObjectResponse> body, byte[] buffer, int maxLength) {
        try {
            int length = body.read(buffer, 0, maxLength);
            if (length < 0) {
                throw new IOException("the response ended before the object");
            }
            return length;
        } catch (IOException exception) {
            throw SdkClientException.create("The connection broke during the download", exception);
        }
    }

    private static void write(FileChannel file, ByteBuffer bytes, long offset) {
        try {
            long position = offset;
            while (bytes.hasRemaining()) {
                position += file.write(bytes, position);
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
