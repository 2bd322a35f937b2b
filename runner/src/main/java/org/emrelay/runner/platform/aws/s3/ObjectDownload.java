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

/** Copies one object in slices, side by side, all of the content that was listed: S3 answers no other under its ETag. */
final class ObjectDownload {
    private static final long SLICE = 16L << 20;
    private static final int BUFFER = 1 << 16;

    private final AwsContext aws;
    private final S3Uri place;
    private final S3Object object;
    private final PartFile part;
    private final TransferCounter transfer;
    private final AtomicInteger left = new AtomicInteger();

    ObjectDownload(AwsContext aws, S3Uri place, S3Object object, PartFile part, TransferCounter transfer) {
        this.aws = aws;
        this.place = place;
        this.object = object;
        this.part = part;
        this.transfer = transfer;
    }

    /** Some bytes of the object, and how far they have come. */
    private static final class Slice {
        final String name;
        final long end;
        long at;

        Slice(long from, long end) {
            this.name = Long.toString(from);
            this.at = from;
            this.end = end;
        }
    }

    /** What is still to be fetched, for the lanes. */
    List<BoundedParallel.Work> missing() throws IOException {
        part.begin(object.etag() + " " + object.size() + " in slices of " + SLICE);
        List<BoundedParallel.Work> work = new ArrayList<>();
        if (part.isWhole()) {
            transfer.moved(object.size());
            return work;
        }
        Set<String> here = part.slicesHere();
        for (long from = 0; from < object.size(); from += SLICE) {
            Slice slice = new Slice(from, Math.min(object.size(), from + SLICE));
            if (here.contains(slice.name)) {
                transfer.moved(slice.end - slice.at);
            } else {
                work.add(() -> fetch(slice));
            }
        }
        left.set(work.size());
        if (work.isEmpty()) {
            part.complete(object.size());
        }
        return work;
    }

    private void fetch(Slice slice) throws IOException {
        try (FileChannel file = part.open()) {
            while (slice.at < slice.end) {
                ask(slice, file);
            }
        } catch (UncheckedIOException unwritable) {
            throw unwritable.getCause();
        }
        part.note(slice.name);
        if (left.decrementAndGet() == 0) {
            part.complete(object.size());
        }
    }

    /** As long as something comes each time, connections may break as often as they like. */
    private void ask(Slice slice, FileChannel file) throws IOException {
        long before = slice.at;
        try {
            aws.patience().ask("fetch " + place, () -> copy(slice, file));
        } catch (AwsException fault) {
            if (fault.is(Kind.ALREADY_THERE) || S3Objects.isNotThere(fault)) {
                throw new IOException(
                        place
                                + " was changed or removed while it was being fetched. Fetch it again once nobody writes there.",
                        fault);
            } else if (!fault.is(Kind.UNAVAILABLE) || slice.at == before) {
                throw fault;
            }
        }
    }

    private Boolean copy(Slice slice, FileChannel file) {
        ResponseInputStream<GetObjectResponse> body = aws.clients()
                .s3()
                .getObject(request -> request.bucket(place.bucket())
                        .key(place.key())
                        .ifMatch(object.etag())
                        .range("bytes=" + slice.at + "-" + (slice.end - 1)));
        boolean whole = false;
        try {
            checkRange(slice, body.response());
            byte[] buffer = new byte[BUFFER];
            while (slice.at < slice.end) {
                int count = read(body, buffer, (int) Math.min(buffer.length, slice.end - slice.at));
                write(file, ByteBuffer.wrap(buffer, 0, count), slice.at);
                slice.at += count;
                transfer.moved(count);
            }
            whole = true;
        } finally {
            // What is left of an answer that nobody wants would otherwise be read to its end first.
            if (!whole) {
                body.abort();
            }
        }
        return Boolean.TRUE;
    }

    private void checkRange(Slice slice, GetObjectResponse answer) {
        if (slice.at > 0 && answer.contentRange() == null) {
            throw new UncheckedIOException(new IOException("The server does not answer for a part of " + place
                    + ", as S3 does: it cannot be fetched from there."));
        }
    }

    private static int read(ResponseInputStream<GetObjectResponse> body, byte[] buffer, int atMost) {
        try {
            int count = body.read(buffer, 0, atMost);
            if (count < 0) {
                throw new IOException("the answer ended before the object did");
            }
            return count;
        } catch (IOException broken) {
            throw SdkClientException.create("The connection broke within an object", broken);
        }
    }

    private static void write(FileChannel file, ByteBuffer bytes, long position) {
        try {
            long at = position;
            while (bytes.hasRemaining()) {
                at += file.write(bytes, at);
            }
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
