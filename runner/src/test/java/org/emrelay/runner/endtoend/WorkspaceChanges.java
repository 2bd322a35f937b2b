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
 * Measures the progress of a run by the changes in its workspace: journal, logs and outputs. A point found this
 * way is the same on fast and slow machines.
 */
final class WorkspaceChanges {
    private static final long POLL_INTERVAL_NANOS = 2_000_000L;

    private final Path workspace;

    WorkspaceChanges(Path workspace) {
        this.workspace = workspace;
    }

    /** Waits until a process has made this many changes or has exited; returns the number of changes. */
    int awaitChanges(RunnerProcess process, int atMost) {
        int changes = 0;
        long last = fingerprint();
        while (changes < atMost && process.isAlive()) {
            LockSupport.parkNanos(POLL_INTERVAL_NANOS);
            long now = fingerprint();
            if (now != last) {
                changes++;
                last = now;
            }
        }
        return changes;
    }

    /** A number that changes when a file is created, deleted or resized. */
    private long fingerprint() {
        FingerprintVisitor visitor = new FingerprintVisitor();
        try {
            Files.walkFileTree(workspace, visitor);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return visitor.fingerprint;
    }

    private static final class FingerprintVisitor extends SimpleFileVisitor<Path> {
        private long fingerprint;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            fingerprint += 31L * file.hashCode() + 1_000_003L * attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException deleted) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException deleted) {
            return FileVisitResult.CONTINUE;
        }
    }
}
