package org.emrelay.runner.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.run.SelectionException;
import org.emrelay.runner.run.StepRemoval;
import org.jspecify.annotations.Nullable;

/** A cluster of this machine; whoever changes anything holds the workspace's lock until the session is closed. */
final class LocalClusterSession implements ClusterSession {
    private final CliContext world;
    private final LocalSession session;
    private final LocalCluster cluster;
    private final Progress progress;
    private final @Nullable WorkspaceLock lock;

    /** @param lock null for somebody who only looks */
    LocalClusterSession(
            CliContext world,
            LocalSession session,
            LocalCluster cluster,
            Progress progress,
            @Nullable WorkspaceLock lock) {
        this.world = world;
        this.session = session;
        this.cluster = cluster;
        this.progress = progress;
        this.lock = lock;
    }

    @Override
    public ClusterId id() {
        return cluster.id();
    }

    @Override
    public Workspace workspace() {
        return session.workspace();
    }

    @Override
    public Runs book() {
        return session.book();
    }

    @Override
    public Run add(ExecutionPlan plan, @Nullable Run resumedFrom) throws IOException {
        return session.book().add(plan, id(), resumedFrom);
    }

    @Override
    public RunResult execute(Run run, Selection selection, Interruption interruption, InterruptPolicy onInterrupt)
            throws IOException, SelectionException {
        return session.execute(run, selection, progress, interruption);
    }

    /** They were found as the steps failed. */
    @Override
    public RunResult explained(RunResult result) {
        return result;
    }

    /** Nothing of a run is under way here while nobody executes it, so there is nothing to stop. */
    @Override
    public StepRemovalSession stepsOut(Run run) {
        return new StepRemovalSession() {
            @Override
            public StepRemoval look(Set<StepName> named, boolean cancel) throws IOException {
                return session.book().removal(run, named);
            }

            @Override
            public StepRemoval carryOut(Set<StepName> named, boolean cancel) throws IOException {
                StepRemoval removal = look(named, cancel);
                session.book().remove(run, removal);
                return removal;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public RunResult look(Run run) throws IOException {
        return session.look(run);
    }

    @Override
    public StepResult explainedNow(StepResult step) {
        return step;
    }

    @Override
    public void followLog(Run run, StepResult step) {
        throw CommandFailure.usage("--follow is for steps on EMR. On this machine a log grows in its file: "
                + (step.log() == null ? "see -a list_steps --output json." : "tail -f " + step.log()));
    }

    @Override
    public boolean printLog(StepResult step) throws IOException {
        String log = step.log();
        if (log == null) {
            return false;
        }
        Path stderr = Path.of(log);
        boolean printed = print(stderr.resolveSibling("stdout"));
        return print(stderr) || printed;
    }

    private boolean print(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        world.out().println("==> " + file + " <==");
        world.out().flush();
        Files.copy(file, world.out());
        world.out().println();
        return true;
    }

    @Override
    public boolean isUp() {
        return cluster.isUp();
    }

    @Override
    public void endCluster() throws IOException {
        session.clusters().end(cluster.id());
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
