package org.emrelay.runner.eventlog;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Decodes Zstandard. Requests only bytes that are already decoded: if decoding fails, ZstdInputStream loses those it has copied. */
final class ZstdLogStream extends FilterInputStream {
    ZstdLogStream(InputStream encoded) {
        super(new ZstdInputStream(encoded));
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(length, Math.max(1, available())));
    }
}
