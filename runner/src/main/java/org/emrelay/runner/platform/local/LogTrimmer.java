package org.emrelay.runner.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Limits the size of a log that processes append to: drops its middle in place.
 *
 * <p>The processes write to the file itself, not to a pipe of the runner's. So a log costs a step no time, and a step neither waits for the
 * runner nor dies with a broken pipe. They open the file for appending, so they go on at the end of the shortened file. Text that they write
 * while it is truncated is lost.
 */
final class LogTrimmer {
    private static final byte[] MARK =
            "\n[Emrelay dropped lines here, because the log was too long.]\n".getBytes(UTF_8);
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int MIN_LIMIT = 1 << 10;

    private final Path log;
    private final long maxBytes;
    private long headEnd = -1;

    /** @param maxBytes the size above which the first half and the last quarter of this size are kept */
    LogTrimmer(Path log, long maxBytes) {
        this.log = Objects.requireNonNull(log, "log");
        this.maxBytes = Math.max(MIN_LIMIT, maxBytes);
    }

    /** Returns whether the log was too long. */
    boolean trim() throws IOException {
        if (log.toFile().length() <= maxBytes) {
            return false;
        }
        try (FileChannel file =
                FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            if (headEnd < 0) {
                headEnd = afterLine(file, maxBytes / 2, buffer);
            }
            dropMiddle(file, afterLine(file, file.size() - maxBytes / 4, buffer), buffer);
        }
        return true;
    }

    private void dropMiddle(FileChannel file, long tailStart, ByteBuffer buffer) throws IOException {
        long end = headEnd + write(file, ByteBuffer.wrap(MARK), headEnd);
        // Also copies what is written meanwhile, up to the limit.
        for (long from = tailStart; end < maxBytes; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), maxBytes - end));
            int count = file.read(buffer, from);
            if (count <= 0) {
                break;
            }
            end += write(file, buffer.flip(), end);
            from += count;
        }
        file.truncate(end);
    }

    private static int write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        int count = 0;
        while (bytes.hasRemaining()) {
            count += file.write(bytes, position + count);
        }
        return count;
    }

    /** The end of the line at a position; the position itself if the line is long. */
    private long afterLine(FileChannel file, long position, ByteBuffer buffer) throws IOException {
        buffer.clear().limit((int) Math.min(buffer.capacity(), maxBytes / 16));
        int count = file.read(buffer, position);
        for (int i = 0; i < count; i++) {
            if (buffer.get(i) == '\n') {
                return position + i + 1;
            }
        }
        return position;
    }
}
