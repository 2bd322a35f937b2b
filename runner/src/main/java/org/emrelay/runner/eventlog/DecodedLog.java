package org.emrelay.runner.eventlog;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** The decoded content of one file. Ends early at the first damage or the limit of the budget. */
final class DecodedLog implements Closeable {
    private final RawLogStream stored;
    private final ReadBudget budget;
    private final LogCodec codec;
    private InputStream content = InputStream.nullInputStream();
    private boolean opened;
    private boolean damaged;

    DecodedLog(InputStream stored, LogCodec codec, ReadBudget budget) {
        this.stored = new RawLogStream(stored);
        this.codec = codec;
        this.budget = budget;
    }

    /** Reads bytes and returns their number, or -1 at the end. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (damaged || !budget.isLeft()) {
            return -1;
        }
        try {
            if (!opened) {
                content = codec.decode(stored);
                opened = true;
            }
            int count = content.read(target, offset, budget.atMost(length));
            budget.use(Math.max(0, count));
            return count;
        } catch (IOException | RuntimeException exception) {
            stored.rethrowFailure();
            damaged = true;
            return -1;
        }
    }

    boolean isDamaged() {
        return damaged;
    }

    @Override
    public void close() throws IOException {
        stored.close();
    }
}
