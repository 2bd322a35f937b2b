package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps a workspace for one runner at a time. The lock is a file that names its holder, so that a refusal can name it too; a second
 * file, locked by the system for the moment of a change, makes sure that of two starters one wins.
 */
public final class WorkspaceLock implements AutoCloseable {

    /** What is done while nobody else can change who holds the lock. */
    private interface Change<T, E extends Exception> {
        T make() throws IOException, E;
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
     * Takes the lock, also from a process that is gone.
     *
     * @param command what the caller is about to do, for whom it keeps out
     */
    public static WorkspaceLock acquire(LocalWorkspace workspace, String command, Instant now)
            throws WorkspaceLockedException, IOException {
        Path directory = workspace.directory();
        LockHolder ours = LockHolder.current(command, now);
        return WorkspaceLock.<WorkspaceLock, WorkspaceLockedException>guarded(directory, () -> {
            Optional<LockHolder> other =
                    LockHolder.read(directory.resolve(FILE)).filter(LockHolder::mayLive);
            if (other.isPresent()) {
                throw new WorkspaceLockedException(refusal(directory, other.get()));
            }
            ours.write(directory.resolve(FILE));
            return new WorkspaceLock(directory, ours);
        });
    }

    private static String refusal(Path directory, LockHolder holder) {
        String who = "The workspace " + directory + " is in use by process "
                + holder.process().pid()
                + (holder.isElsewhere() ? " on " + holder.host() : "") + " (" + holder.command() + ", since "
                + holder.since() + ").";
        return holder.isElsewhere()
                ? who + " Wait until it has ended, or, if it is gone, remove " + directory.resolve(FILE) + "."
                : who + " Wait until it has ended, or stop it.";
    }

    /** Gives the lock back, if it is still ours. */
    @Override
    public void close() throws IOException {
        WorkspaceLock.<Boolean, IOException>guarded(directory, () -> {
            boolean ours = LockHolder.read(directory.resolve(FILE))
                    .filter(holder::equals)
                    .isPresent();
            return ours && Files.deleteIfExists(directory.resolve(FILE));
        });
    }

    /** The system keeps other processes out, the monitor other threads of this one; neither outlives its process. */
    private static <T, E extends Exception> T guarded(Path directory, Change<T, E> change) throws IOException, E {
        synchronized (WorkspaceLock.class) {
            try (FileChannel channel =
                    FileChannel.open(directory.resolve(GUARD), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                return change.make();
            }
        }
    }
}
