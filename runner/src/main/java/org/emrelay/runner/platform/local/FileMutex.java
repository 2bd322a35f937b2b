package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file on which processes exclude each other for a short time. It may be deleted by the process that holds it. */
final class FileMutex {

    /** An action that runs while no other process can run one on the same file. */
    interface Action {
        void run() throws IOException;
    }

    private FileMutex() {}

    /** The file lock excludes other processes, the monitor other threads of this one. Neither outlives the process. */
    static void hold(Path file, Action action) throws IOException {
        synchronized (FileMutex.class) {
            while (true) {
                Object before = key(file);
                try (FileChannel channel =
                        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    channel.lock();
                    // While this process waited, the holder may have deleted the file, and a third process made another
                    // one.
                    if (before != null && Objects.equals(before, key(file))) {
                        action.run();
                        return;
                    }
                }
            }
        }
    }

    private static @Nullable Object key(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Objects.requireNonNullElse(attributes.fileKey(), attributes.creationTime());
        } catch (NoSuchFileException missing) {
            return null;
        }
    }
}
