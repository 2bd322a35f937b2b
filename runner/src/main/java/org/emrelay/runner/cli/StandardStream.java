package org.emrelay.runner.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A standard stream of this process that knows why it could not be written: a {@link PrintStream} keeps no exception. */
final class StandardStream extends OutputStream {
    /** A reader that has seen enough, such as {@code head}, closes the pipe. The JDK has no type for it. */
    private static final String CLOSED_PIPE = "Broken pipe";

    private final OutputStream stream;
    private @Nullable String failure;

    StandardStream(FileDescriptor descriptor) {
        this(new FileOutputStream(descriptor));
    }

    StandardStream(OutputStream stream) {
        this.stream = stream;
    }

    /** UTF-8 regardless of the locale: step names, paths and tables contain non-ASCII characters. */
    PrintStream printer() {
        return new PrintStream(this, true, StandardCharsets.UTF_8);
    }

    /** Why text was lost; empty if none was, or if its reader did not want it. */
    Optional<String> failure() {
        return Optional.ofNullable(failure).filter(reason -> !reason.equals(CLOSED_PIPE));
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            stream.write(bytes, offset, length);
        } catch (IOException unwritten) {
            failure = String.valueOf(unwritten.getMessage());
            throw unwritten;
        }
    }
}
