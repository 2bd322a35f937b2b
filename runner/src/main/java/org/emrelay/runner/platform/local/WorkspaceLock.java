package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * A lock that allows one runner per workspace.
 *
 * <p>The lock file names its holder, for the message to others. Changes to it are serialized by an OS-level lock on a second file, so
 * that one of two concurrent runners wins.
 */
public final class WorkspaceLock implements AutoCloseable {

    /** An action that runs while no other process can change the lock file. */
    private interface GuardedAction<T> {
        T run() throws IOException;
    }

    private static final String FILE = "lock.json";
    private static final String GUARD = ".lock-guard";

    private final Path directory;
    private final LockHolder holder;

    private WorkspaceLock(Path directory, LockHolder holder) {
        this.directory = directory;
        this.holder = holder;
    }

    /**
     * Acquires the lock, taking it over from a dead process.
     *
     * @param command the action of the caller, for the message to other processes
     */
    public static WorkspaceLock acquire(LocalWorkspace workspace, String command, Instant now) throws IOException {
        Path directory = workspace.directory();
        LockHolder own = new LockHolder(new LocalProcesses().current(), command, now);
        return guarded(directory, () -> {
            Optional<LockHolder> other =
                    LockHolder.read(directory.resolve(FILE)).filter(LockHolder::mayBeAlive);
            if (other.isPresent()) {
                throw new WorkspaceLockedException(message(directory, other.get()));
            }
            own.write(directory.resolve(FILE));
            return new WorkspaceLock(directory, own);
        });
    }

    private static String message(Path directory, LockHolder holder) {
        String fact = "Workspace " + directory + " is locked by process "
                + holder.process().pid()
                + (holder.isOnAnotherHost() ? " on " + holder.process().host() : "") + " (" + holder.command()
                + ", since "
                + holder.since() + ").";
        return holder.isOnAnotherHost()
                ? fact + " Wait for it to end or, if it no longer runs, delete " + directory.resolve(FILE) + "."
                : fact + " Wait for it to end, or stop it.";
    }

    /** Releases the lock, if this process still holds it. */
    @Override
    public void close() throws IOException {
        guarded(directory, () -> {
            boolean isHeld = LockHolder.read(directory.resolve(FILE))
                    .filter(holder::equals)
                    .isPresent();
            return isHeld && Files.deleteIfExists(directory.resolve(FILE));
        });
    }

    /** The file lock excludes other processes, the monitor other threads of this one. Neither outlives the process. */
    private static <T> T guarded(Path directory, GuardedAction<T> action) throws IOException {
        synchronized (WorkspaceLock.class) {
            try (FileChannel channel =
                    FileChannel.open(directory.resolve(GUARD), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                return action.run();
            }
        }
    }
}
