package org.emrelay.runner.platform.aws.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;

/** A byte range of a file, streamed instead of held in memory. */
record FileSlice(Path file, long offset, long length) {
    /** A request body that can be resent. */
    RequestBody requestBody() {
        return RequestBody.fromContentProvider(this::open, length, "application/octet-stream");
    }

    InputStream open() {
        try {
            FileChannel channel = FileChannel.open(file);
            channel.position(offset);
            return new BoundedInputStream(Channels.newInputStream(channel), length);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    byte[] digest(String algorithm) {
        MessageDigest digest = messageDigest(algorithm);
        try (InputStream content = new DigestInputStream(open(), digest)) {
            content.transferTo(OutputStream.nullOutputStream());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return digest.digest();
    }

    /** The digest of digests. */
    static byte[] digest(String algorithm, List<byte[]> digests) {
        MessageDigest digest = messageDigest(algorithm);
        digests.forEach(digest::update);
        return digest.digest();
    }

    private static MessageDigest messageDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JVM has " + algorithm, exception);
        }
    }

    /** Ends at the end of the slice. */
    private static final class BoundedInputStream extends FilterInputStream {
        private long remaining;

        BoundedInputStream(InputStream in, long length) {
            super(in);
            remaining = length;
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            if (remaining <= 0) {
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(count, remaining));
            remaining -= Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.min(count, remaining));
            remaining -= skipped;
            return skipped;
        }
    }
}
