package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Prints the logs of an attempt as they grow. */
public final class AttemptLogTail {
    private static final int BLOCK = 1 << 16;

    private final List<Log> logs;
    private final PrintStream out;
    private Path printed = Path.of("");

    /** A log and how far it is printed. */
    private static final class Log {
        private final Path file;
        private long position;

        Log(Path file) {
            this.file = file;
        }
    }

    /** @param log one of the attempt's logs, as the journal names it */
    public AttemptLogTail(Path log, PrintStream out) {
        AttemptFolder folder = new AttemptFolder(Objects.requireNonNull(log.getParent(), "in the attempt's folder"));
        this.logs = List.of(new Log(folder.stdout()), new Log(folder.stderr()));
        this.out = Objects.requireNonNull(out, "out");
    }

    /**
     * Prints what is new.
     *
     * @param ended whether the attempt has ended: until then, lines that are not complete wait
     */
    public void print(boolean ended) throws IOException {
        for (Log log : logs) {
            try (SeekableByteChannel channel = Files.newByteChannel(log.file)) {
                // A log that exceeds its limit loses its middle.
                log.position = Math.min(log.position, channel.size());
                print(log, channel, ended);
            } catch (NoSuchFileException notStarted) {
                // It appears with the process.
            }
        }
        out.flush();
    }

    private void print(Log log, SeekableByteChannel channel, boolean ended) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        channel.position(log.position);
        while (channel.read(block.clear()) > 0) {
            int length = ended || block.remaining() == 0 ? block.position() : completeLines(block);
            if (length == 0) {
                return;
            }
            printHeading(log.file);
            out.write(block.array(), 0, length);
            log.position += length;
            channel.position(log.position);
        }
    }

    private static int completeLines(ByteBuffer block) {
        int end = block.position();
        while (end > 0 && block.get(end - 1) != '\n') {
            end--;
        }
        return end;
    }

    private void printHeading(Path file) {
        if (!file.equals(printed)) {
            out.println((printed.equals(Path.of("")) ? "" : "\n") + "==> " + file + " <==");
            printed = file;
        }
    }
}
