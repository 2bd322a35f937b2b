package org.emrelay.runner.eventlog;

import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Decodes the frames of lz4-java's LZ4BlockOutputStream.
 *
 * <p>Each frame has a magic number, a token with the method, the encoded and decoded sizes, and a checksum. An empty block ends a stream;
 * another stream may follow.
 */
final class Lz4LogStream extends BlockLogStream {
    private static final long MAGIC = 0x4c5a34426c6f636bL; // LZ4Block
    private static final int HEADER = 21;
    private static final int METHOD = 0xF0;
    private static final int RAW = 0x10;
    private static final int COMPRESSED = 0x20;

    private final Lz4Decompressor decompressor = new Lz4Decompressor();
    private final byte[] header = new byte[HEADER];
    private byte[] compressed = new byte[0];

    Lz4LogStream(InputStream encoded) {
        super(encoded);
    }

    @Override
    int readBlock() throws IOException {
        if (!readOrEnd(header, HEADER)) {
            return -1;
        }
        ByteBuffer fields = ByteBuffer.wrap(header);
        if (fields.getLong() != MAGIC) {
            throw new IOException("Not an LZ4 block");
        }
        int method = fields.get() & METHOD;
        fields.order(ByteOrder.LITTLE_ENDIAN);
        int encodedSize = fields.getInt();
        int decodedSize = fields.getInt();
        byte[] block = block(decodedSize);
        if (method == RAW && encodedSize == decodedSize) {
            readFully(block, decodedSize);
            return decodedSize;
        }
        if (method != COMPRESSED) {
            throw new IOException("Unknown LZ4 method " + method);
        }
        compressed = enlarged(compressed, encodedSize);
        readFully(compressed, encodedSize);
        return decompressor.decompress(compressed, 0, encodedSize, block, 0, decodedSize);
    }
}
