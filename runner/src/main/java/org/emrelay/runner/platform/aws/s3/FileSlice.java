package org.emrelay.runner.platform.aws.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import software.amazon.awssdk.core.sync.RequestBody;

/** Some bytes of a file, read as they are sent: so that of a large file nothing is held in memory. */
record FileSlice(Path file, long from, long length) {

    /** It can be sent again from its beginning. */
    RequestBody body() {
        return RequestBody.fromContentProvider(this::open, length, "application/octet-stream");
    }

    InputStream open() {
        try {
            FileChannel channel = FileChannel.open(file);
            channel.position(from);
            return new Bounded(Channels.newInputStream(channel), length);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Ends where the slice does. */
    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(count, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
