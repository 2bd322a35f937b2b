package org.emrelay.runner.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells how far a run has come by what it leaves in its workspace: journal, logs and outputs. A moment of a run that is found so is
 * the same on a fast machine and on a slow one.
 */
final class Footprints {
    private static final long LOOK_AGAIN_NANOS = 2_000_000L;

    private final Path workspace;

    Footprints(Path workspace) {
        this.workspace = workspace;
    }

    /** Follows a process until it has left this many, or has ended; answers how many it left. */
    int follow(RunnerProcess process, int atMost) {
        int steps = 0;
        long last = print();
        while (steps < atMost && process.isAlive()) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            long now = print();
            if (now != last) {
                steps++;
                last = now;
            }
        }
        return steps;
    }

    /** A number that changes when a file comes, goes or grows. */
    private long print() {
        Sum sum = new Sum();
        try {
            Files.walkFileTree(workspace, sum);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return sum.value;
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private long value;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            value += 31L * file.hashCode() + 1_000_003L * attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException goneMeanwhile) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException goneMeanwhile) {
            return FileVisitResult.CONTINUE;
        }
    }
}
