package org.emrelay.runner.eventlog;

import io.airlift.compress.snappy.SnappyDecompressor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Decodes the output of snappy-java's SnappyOutputStream: a header, then blocks preceded by their sizes. Streams can be concatenated. */
final class SnappyLogStream extends BlockLogStream {
    private static final int MAGIC = 0x82534e41; // The first half of: \x82 SNAPPY \0
    private static final int REST_OF_HEADER = 12;

    private final SnappyDecompressor decompressor = new SnappyDecompressor();
    private final byte[] size = new byte[Integer.BYTES];
    private byte[] compressed = new byte[REST_OF_HEADER];

    SnappyLogStream(InputStream encoded) {
        super(encoded);
    }

    @Override
    int readBlock() throws IOException {
        if (!readOrEnd(size, Integer.BYTES)) {
            return -1;
        }
        int encodedSize = ByteBuffer.wrap(size).getInt();
        if (encodedSize == MAGIC) {
            readFully(compressed, REST_OF_HEADER);
            return 0;
        }
        compressed = enlarged(compressed, encodedSize);
        readFully(compressed, encodedSize);
        int decodedSize = SnappyDecompressor.getUncompressedLength(compressed, 0);
        byte[] block = block(decodedSize);
        return decompressor.decompress(compressed, 0, encodedSize, block, 0, decodedSize);
    }
}
