package org.emrelay.runner.platform.emr.log;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a log that may be gzipped, in one or several members. A truncated log is read as far as possible. */
final class GzipLogStream extends FilterInputStream {
    private static final int BUFFER = 1 << 16;

    private GzipLogStream(InputStream compressed) throws IOException {
        super(new GZIPInputStream(compressed, BUFFER));
    }

    static InputStream of(InputStream content) throws IOException {
        Peeking peeking = new Peeking(content);
        peeking.mark(2);
        boolean isGzip = peeking.read() == 0x1f && peeking.read() == 0x8b;
        peeking.reset();
        if (!isGzip) {
            return peeking;
        }
        try {
            return new GzipLogStream(peeking);
        } catch (EOFException | ZipException truncated) {
            return InputStream.nullInputStream();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return super.read(target, offset, length);
        } catch (EOFException | ZipException truncated) {
            return -1;
        }
    }

    /** GZIPInputStream reads the next gzip member only if {@code available()} is positive. */
    private static final class Peeking extends BufferedInputStream {
        Peeking(InputStream content) {
            super(content, BUFFER);
        }

        @Override
        public synchronized int available() throws IOException {
            mark(1);
            boolean hasMore = read() >= 0;
            reset();
            return hasMore ? Math.max(1, super.available()) : 0;
        }
    }
}
