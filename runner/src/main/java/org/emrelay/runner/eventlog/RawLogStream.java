package org.emrelay.runner.eventlog;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of a stored file. Remembers read failures, because decoders throw the same exceptions for damaged content. */
final class RawLogStream extends FilterInputStream {
    private @Nullable IOException failure;
    private @Nullable RuntimeException fault;

    RawLogStream(InputStream stored) {
        super(stored);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return super.read(target, offset, length);
        } catch (IOException exception) {
            failure = exception;
            throw exception;
        } catch (RuntimeException exception) {
            // The AWS SDK's exceptions are unchecked.
            fault = exception;
            throw exception;
        }
    }

    void rethrowFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (fault != null) {
            throw fault;
        }
    }
}
