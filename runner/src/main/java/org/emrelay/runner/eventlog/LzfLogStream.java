package org.emrelay.runner.eventlog;

import java.io.IOException;
import java.io.InputStream;

/** Decodes LZF chunks of at most 64 kB. Own code, because this is too little for a dependency. */
final class LzfLogStream extends BlockLogStream {
    private static final int HEADER = 5;
    private static final int LONG_RUN = 7;

    private final byte[] header = new byte[HEADER];
    private byte[] compressed = new byte[0];

    LzfLogStream(InputStream encoded) {
        super(encoded);
    }

    @Override
    int readBlock() throws IOException {
        if (!readOrEnd(header, HEADER)) {
            return -1;
        }
        if (header[0] != 'Z' || header[1] != 'V') {
            throw new IOException("Not an LZF chunk");
        }
        int encodedSize = unsignedShort(header, 3);
        if (header[2] == 0) {
            readFully(block(encodedSize), encodedSize);
            return encodedSize;
        }
        readFully(header, 2);
        byte[] block = block(unsignedShort(header, 0));
        compressed = enlarged(compressed, encodedSize);
        readFully(compressed, encodedSize);
        return decode(compressed, encodedSize, block);
    }

    private static int unsignedShort(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }

    /** Copies literals, and repeats decoded bytes. Throws ArrayIndexOutOfBoundsException if the input is damaged. */
    private static int decode(byte[] in, int length, byte[] out) {
        int read = 0;
        int written = 0;
        while (read < length) {
            int control = in[read++] & 0xFF;
            int run = control >> 5;
            if (run == 0) {
                int literals = control + 1;
                System.arraycopy(in, read, out, written, literals);
                read += literals;
                written += literals;
            } else {
                if (run == LONG_RUN) {
                    run += in[read++] & 0xFF;
                }
                int from = written - ((control & 0x1F) << 8) - (in[read++] & 0xFF) - 1;
                for (int i = 0; i < run + 2; i++) {
                    out[written++] = out[from++];
                }
            }
        }
        return written;
    }
}
