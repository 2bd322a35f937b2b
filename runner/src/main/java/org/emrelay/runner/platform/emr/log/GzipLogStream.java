package org.emrelay.runner.platform.emr.log;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The text of a log that may be zipped, in one piece or several, or be cut off: what can be read of it counts. */
final class GzipLogStream extends FilterInputStream {
    private static final int BUFFER = 1 << 16;

    private GzipLogStream(InputStream zipped) throws IOException {
        super(new GZIPInputStream(zipped, BUFFER));
    }

    static InputStream of(InputStream content) throws IOException {
        Peeking peeking = new Peeking(content);
        peeking.mark(2);
        boolean zipped = peeking.read() == 0x1f && peeking.read() == 0x8b;
        peeking.reset();
        if (!zipped) {
            return peeking;
        }
        try {
            return new GzipLogStream(peeking);
        } catch (EOFException | ZipException cutOff) {
            return InputStream.nullInputStream();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return super.read(target, offset, length);
        } catch (EOFException | ZipException cutOff) {
            return -1;
        }
    }

    /** The JDK looks for a further zipped piece only where some byte is said to be there at once. */
    private static final class Peeking extends BufferedInputStream {
        Peeking(InputStream content) {
            super(content, BUFFER);
        }

        @Override
        public synchronized int available() throws IOException {
            mark(1);
            boolean more = read() >= 0;
            reset();
            return more ? Math.max(1, super.available()) : 0;
        }
    }
}
