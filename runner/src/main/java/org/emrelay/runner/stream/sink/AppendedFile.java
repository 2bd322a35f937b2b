package org.emrelay.runner.stream.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.emrelay.runner.platform.file.PrivateFiles;
import org.emrelay.runner.stream.StreamException;

/** A file to which batches are appended durably. */
final class AppendedFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private AppendedFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens files; tests replace it to fill the disk. */
    interface Opener {
        FileChannel open(Path path, OpenOption... options) throws IOException;
    }

    static AppendedFile create(Path directory, String name, Opener opener) throws IOException {
        Path path = directory.resolve(name);
        FileChannel channel = opener.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        AppendedFile file = new AppendedFile(path, channel);
        try {
            PrivateFiles.sync(directory);
            return file;
        } catch (IOException exception) {
            file.close();
            throw exception;
        }
    }

    /** Reopens a file after a restart, and truncates it to its saved length. */
    static AppendedFile reopen(Path path, long length, Opener opener) throws IOException {
        AppendedFile file = new AppendedFile(path, opener.open(path, StandardOpenOption.WRITE));
        try {
            if (file.channel.size() > length) {
                file.channel.truncate(length);
                file.channel.force(true);
            }
            return file;
        } catch (IOException exception) {
            file.close();
            throw exception;
        }
    }

    /** Writes at an offset, and flushes it to the disk. Returns the new length. */
    long append(byte[] content, long offset) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        long position = offset;
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
        channel.force(false);
        requireThere(position);
        return position;
    }

    /** Needed because writing to a deleted file succeeds on POSIX systems. */
    private void requireThere(long length) throws IOException {
        try {
            if (Files.size(path) >= length) {
                return;
            }
        } catch (NoSuchFileException deleted) {
            // Reported like a replaced file.
        }
        throw new StreamException(
                path + " was deleted or replaced while the stream wrote to it. Restore it, or create an"
                        + " empty file of this name to continue without its posts, then start the stream again.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException flushed) {
            // All posts were already flushed to the disk.
        }
    }
}
