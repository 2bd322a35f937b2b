package org.emrelay.runner.stream.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a gzip file to its end. The JDK's stream silently stops where a later member of the file is damaged. */
final class CompleteGzipStream extends GZIPInputStream {
    /** The CRC and the length after each member. */
    private static final int TRAILER = 8;

    CompleteGzipStream(InputStream file, int buffer) throws IOException {
        super(file, buffer);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (count < 0 && (inf.getRemaining() > TRAILER || in.read() >= 0)) {
            throw new ZipException("not gzip data after its first part");
        }
        return count;
    }
}
