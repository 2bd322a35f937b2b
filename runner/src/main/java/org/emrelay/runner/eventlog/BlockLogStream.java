package org.emrelay.runner.eventlog;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A stream of compressed blocks, each preceded by its size. */
abstract class BlockLogStream extends InputStream {
    /** The maximum block size of LZ4's stream format. */
    static final int MAX_BLOCK = 32 << 20;

    private final InputStream encoded;
    private byte[] block = new byte[0];
    private int position;
    private int limit;

    BlockLogStream(InputStream encoded) {
        this.encoded = encoded;
    }

    /** Reads the next block into {@link #block}. Returns its size, or -1 at the end of the stream. Empty blocks are skipped. */
    abstract int readBlock() throws IOException;

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        while (position == limit) {
            position = 0;
            limit = 0;
            int size = readBlock();
            if (size < 0) {
                return -1;
            }
            limit = size;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(block, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public final void close() throws IOException {
        encoded.close();
    }

    /** Returns a buffer for a decoded block. */
    final byte[] block(int size) throws IOException {
        block = enlarged(block, size);
        return block;
    }

    static byte[] enlarged(byte[] buffer, int size) throws IOException {
        if (size < 0 || size > MAX_BLOCK) {
            throw new IOException("Invalid block size: " + size);
        }
        return buffer.length >= size ? buffer : new byte[size];
    }

    /** Fills the buffer up to this length, or returns false at the end of the stream. */
    final boolean readOrEnd(byte[] buffer, int length) throws IOException {
        int count = encoded.readNBytes(buffer, 0, length);
        if (count > 0 && count < length) {
            throw new EOFException();
        }
        return count == length;
    }

    final void readFully(byte[] buffer, int length) throws IOException {
        if (encoded.readNBytes(buffer, 0, length) < length) {
            throw new EOFException();
        }
    }
}
