package org.emrelay.runner.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.platform.file.PrivateFiles;

/** A file of posts that a sink cannot accept, one per line. The user may move it away at any time. */
final class DeadLetterFile {
    private static final byte[] LINE_BREAK = {'\n'};

    private final Path file;

    DeadLetterFile(Path file) {
        this.file = file;
    }

    /** Truncates the file to a length, then appends posts durably. Returns the new length. */
    long append(List<Post> posts, long length) {
        if (posts.isEmpty() && Files.notExists(file)) {
            return 0;
        }
        Path directory = Objects.requireNonNull(file.getParent(), "below the stream's folder");
        try {
            PrivateFiles.createDirectories(directory);
            boolean isNew = Files.notExists(file);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.truncate(length);
                channel.position(channel.size());
                for (Post post : posts) {
                    write(channel, post.line());
                    write(channel, LINE_BREAK);
                }
                channel.force(true);
                if (isNew) {
                    PrivateFiles.sync(directory);
                }
                return channel.size();
            }
        } catch (IOException exception) {
            throw StreamException.of("write", file, exception);
        }
    }

    long length() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
