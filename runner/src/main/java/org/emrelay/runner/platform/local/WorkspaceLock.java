package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.file.MountPoints;
import org.emrelay.runner.platform.file.PrivateFiles;

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
        /** Executes or changes the runs of a cluster, which no other process does meanwhile. */
        RUN,
        /** Deletes it. */
        EXCLUSIVE
    }

    /** What to do while the runs that processes execute stay the same. */
    public interface ExecutionsAction {
        void on(List<RunExecution> executions) throws IOException;
    }

    /** What to do with a cluster that no process has locked. */
    interface ClusterAction {
        void on(ClusterId cluster) throws IOException;
    }

    static final String FOLDER = "locks";
    static final String GUARD = ".lock-guard";

    private final LocalWorkspace workspace;
    private final Path directory;
    private final Path file;
    private LockHolder holder;

    private WorkspaceLock(LocalWorkspace workspace, LockHolder holder) {
        this.workspace = workspace;
        this.directory = workspace.directory();
        this.holder = holder;
        this.file = directory
                .resolve(FOLDER)
                .resolve(holder.process().pid() + "-" + Long.toHexString(System.nanoTime()) + ".json");
    }

    /**
     * Acquires the lock, shared with all but a process that deletes the workspace.
     *
     * @param command the action of the caller, for the message to other processes
     */
    public static WorkspaceLock acquire(LocalWorkspace workspace, String command, Instant now) throws IOException {
        LockHolder own = new LockHolder(new LocalProcesses().current(), command, now, Mode.SHARED, null, null);
        WorkspaceLock lock = new WorkspaceLock(workspace, own);
        // Who may only read the directory cannot lock it. Its files are safe from them, and stay theirs to read.
        if (Files.isWritable(workspace.directory())) {
            lock.change(own);
        }
        return lock;
    }

    /** Also keeps out others that execute or change runs of this cluster. */
    public void lockCluster(ClusterId cluster) throws IOException {
        change(holder.of(cluster));
    }

    /** Keeps out all others. */
    public void lockExclusively() throws IOException {
        change(holder.exclusive());
    }

    private void change(LockHolder next) throws IOException {
        guarded(() -> {
            PrivateFiles.createDirectories(directory.resolve(FOLDER));
            others().forEach((file, other) -> {
                if (!next.admits(other)) {
                    throw new WorkspaceLockedException(message(next, file, other));
                }
            });
            hold(next);
        });
    }

    private void hold(LockHolder next) throws IOException {
        next.write(file);
        holder = next;
    }

    /** The other live holders, by their files. Deletes those of dead ones. */
    private Map<Path, LockHolder> others() throws IOException {
        Map<Path, LockHolder> others = new LinkedHashMap<>();
        for (Path other : files(directory)) {
            Optional<LockHolder> found = LockHolder.read(other).filter(LockHolder::mayBeAlive);
            if (found.isEmpty()) {
                Files.deleteIfExists(other);
            } else if (!other.equals(file)) {
                others.put(other, found.get());
            }
        }
        return others;
    }

    /**
     * Begins the execution of a run of the locked cluster. Returns what the runs that other processes execute leave of this machine.
     *
     * @throws WorkspaceLockedException if one of them writes to the same location
     */
    public ResourceShare execute(RunId run, ExecutionPlan plan, LocalResources machine) throws IOException {
        AtomicReference<ResourceShare> share = new AtomicReference<>();
        guarded(() -> {
            List<RunExecution> others = others().values().stream()
                    .map(LockHolder::execution)
                    .filter(Objects::nonNull)
                    .toList();
            ResourceShare left = ResourceShare.of(plan, machine, others);
            RunExecution own = RunExecution.of(run, plan, left.granted().neededBy(plan), workspace);
            for (RunExecution other : others) {
                Optional<String> conflict = own.conflict(other);
                if (conflict.isPresent()) {
                    throw new WorkspaceLockedException("Run " + other.label() + " also writes to " + conflict.get()
                            + ". Wait for it to end, or write to another location.");
                }
            }
            hold(holder.executing(own));
            share.set(left);
        });
        return Objects.requireNonNull(share.get(), "guarded");
    }

    /** The runs that processes execute now. */
    public static List<RunExecution> executions(LocalWorkspace workspace) throws IOException {
        List<RunExecution> executions = new ArrayList<>();
        for (Path file : files(workspace.directory())) {
            LockHolder.read(file)
                    .filter(LockHolder::mayBeAlive)
                    .map(LockHolder::execution)
                    .ifPresent(executions::add);
        }
        return executions;
    }

    /** Acts while no process begins to execute a run. */
    public void withExecutions(ExecutionsAction action) throws IOException {
        guarded(() -> action.on(executions(workspace)));
    }

    /** Acts on each of these clusters that no process has locked. None can be locked meanwhile. */
    void withUnlocked(List<ClusterId> clusters, ClusterAction action) throws IOException {
        guarded(() -> {
            Set<ClusterId> locked = new HashSet<>();
            for (LockHolder other : others().values()) {
                if (other.cluster() != null) {
                    locked.add(other.cluster());
                }
            }
            for (ClusterId cluster : clusters) {
                if (!locked.contains(cluster)) {
                    action.on(cluster);
                }
            }
        });
    }

    private String message(LockHolder next, Path otherFile, LockHolder other) {
        boolean isCluster = next.mode() == Mode.RUN
                && next.cluster() != null
                && next.cluster().equals(other.cluster());
        String fact = (isCluster ? "Cluster " + next.cluster() + " of workspace " : "Workspace ") + directory
                + " is locked by process "
                + other.process().pid()
                + (other.isOnAnotherHost() ? " on " + other.process().host() : "") + " (" + other.command() + ", since "
                + other.since() + ").";
        return other.isOnAnotherHost()
                ? fact + " Wait for it to end or, if it no longer runs, delete " + otherFile + "."
                : fact + " Wait for it to end, or stop it.";
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(FOLDER))) {
            return files.sorted().toList();
        } catch (NoSuchFileException none) {
            return List.of();
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
