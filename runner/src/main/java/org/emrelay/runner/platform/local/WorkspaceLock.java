package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.emrelay.runner.model.RunId;

/**
 * The lock of a workspace. Each command that uses the workspace holds it until it ends.
 *
 * <p>A holder is a file, which names the process for the message to others; that of a dead process does not count. Changes to the files
 * are serialized by an OS-level lock.
 */
public final class WorkspaceLock implements AutoCloseable {

    /** What a holder does with the workspace. */
    public enum Mode {
        /** Reads from it, or adds to it. */
        SHARED,
        /** Executes or changes runs: one runner at a time, because it uses all of the machine. */
        RUN,
        /** Deletes it. */
        EXCLUSIVE;

        private boolean admits(Mode other) {
            return this == SHARED ? other != EXCLUSIVE : this == RUN && other == SHARED;
        }
    }

    static final String FOLDER = "locks";
    static final String GUARD = ".lock-guard";

    private final Path directory;
    private final Path file;
    private LockHolder holder;

    private WorkspaceLock(Path directory, LockHolder holder) {
        this.directory = directory;
        this.holder = holder;
        this.file = directory
                .resolve(FOLDER)
                .resolve(holder.process().pid() + "-" + Long.toHexString(System.nanoTime()) + ".json");
    }

    /**
     * Acquires the lock.
     *
     * @param command the action of the caller, for the message to other processes
     */
    public static WorkspaceLock acquire(LocalWorkspace workspace, Mode mode, String command, Instant now)
            throws IOException {
        LockHolder own = new LockHolder(new LocalProcesses().current(), command, now, mode, null);
        WorkspaceLock lock = new WorkspaceLock(workspace.directory(), own);
        // Who may only read the directory cannot lock it. Its files are safe from them, and stay theirs to read.
        if (mode != Mode.SHARED || Files.isWritable(workspace.directory())) {
            lock.change(mode);
        }
        return lock;
    }

    /** Changes the mode, for a command that turns out to need more than to read. */
    public void change(Mode mode) throws IOException {
        guarded(() -> {
            Path others = directory.resolve(FOLDER);
            PrivateFiles.createDirectories(others);
            for (Path other : files(others)) {
                Optional<LockHolder> found = LockHolder.read(other).filter(LockHolder::mayBeAlive);
                if (found.isEmpty()) {
                    Files.deleteIfExists(other);
                } else if (!other.equals(file) && !mode.admits(found.get().mode())) {
                    throw new WorkspaceLockedException(message(other, found.get()));
                }
            }
            holder = holder.in(mode);
            holder.write(file);
        });
    }

    /** Records which run this process executes from now on. */
    public void executes(RunId run) throws IOException {
        guarded(() -> {
            holder = holder.executing(run);
            holder.write(file);
        });
    }

    /** The runs that a process executes now. */
    public static Set<RunId> executedRuns(LocalWorkspace workspace) throws IOException {
        Path folder = workspace.directory().resolve(FOLDER);
        Set<RunId> runs = new LinkedHashSet<>();
        if (Files.isDirectory(folder)) {
            for (Path file : files(folder)) {
                LockHolder.read(file)
                        .filter(LockHolder::mayBeAlive)
                        .map(LockHolder::run)
                        .ifPresent(runs::add);
            }
        }
        return runs;
    }

    private String message(Path other, LockHolder found) {
        String fact = "Workspace " + directory + " is locked by process "
                + found.process().pid()
                + (found.isOnAnotherHost() ? " on " + found.process().host() : "") + " (" + found.command() + ", since "
                + found.since() + ").";
        return found.isOnAnotherHost()
                ? fact + " Wait for it to end or, if it no longer runs, delete " + other + "."
                : fact + " Wait for it to end, or stop it.";
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /**
     * Deletes the workspace, which this lock must hold exclusively until nothing is left of it. Returns the user's files and directories,
     * which stay.
     */
    public List<Path> deleteWorkspace() throws IOException {
        MountPoints.read().requireNoneBelow(directory);
        List<Path> foreign = WorkspaceContents.delete(directory);
        guarded(() -> WorkspaceContents.deleteLast(directory));
        return foreign;
    }

    /** Releases the lock, if this process still holds it. */
    @Override
    public void close() throws IOException {
        if (Files.exists(file)) {
            guarded(() -> Files.deleteIfExists(file));
        }
    }

    private void guarded(FileMutex.Action action) throws IOException {
        try {
            FileMutex.hold(directory.resolve(GUARD), action);
        } catch (NoSuchFileException deleted) {
            throw new WorkspaceLockedException(
                    "Workspace " + directory + " was deleted by another process meanwhile. Retry.");
        }
    }
}
