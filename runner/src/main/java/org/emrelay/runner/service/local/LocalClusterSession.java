package org.emrelay.runner.service.local;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.StepLogsReport;
import org.emrelay.runner.run.InterruptPolicy;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.run.StepRemoval;
import org.emrelay.runner.service.ClusterSession;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.InterruptHooks;
import org.emrelay.runner.service.Runs;
import org.jspecify.annotations.Nullable;

/** A session on a local cluster; one that changes anything holds the workspace's lock until it is closed. */
final class LocalClusterSession implements ClusterSession {
    private final LocalSession session;
    private final LocalCluster cluster;
    private final Progress progress;
    private final @Nullable WorkspaceLock lock;

    /** @param lock null for a read-only session */
    LocalClusterSession(LocalSession session, LocalCluster cluster, Progress progress, @Nullable WorkspaceLock lock) {
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
    public Runs runs() {
        return session.runs();
    }

    @Override
    public RunResult execute(Run run, Selection selection, InterruptHooks interrupts, InterruptPolicy onInterrupt)
            throws IOException {
        return session.execute(run, selection, progress, interrupts);
    }

    /** Local steps run only while a runner executes them: there is nothing to cancel. */
    @Override
    public StepRemovalSession removal(Run run) {
        return new StepRemovalSession() {
            @Override
            public StepRemoval preview(Set<StepName> named, boolean cancel) throws IOException {
                return session.runs().removal(run, named);
            }

            @Override
            public StepRemoval execute(Set<StepName> named, boolean cancel) throws IOException {
                StepRemoval removal = preview(named, cancel);
                session.runs().remove(run, removal);
                return removal;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public RunResult read(Run run) throws IOException {
        return session.read(run);
    }

    @Override
    public void followLog(Run run, StepResult step) {
        throw CommandFailure.usage("--follow is for steps on EMR. The log of a local step is a file: "
                + (step.log() == null ? "see -a list_steps --output json." : "tail -f " + step.log()));
    }

    @Override
    public StepLogsReport.LogSource logs() {
        return new LogFiles();
    }

    /** Logs in the workspace, complete as soon as they are written. */
    private static final class LogFiles implements StepLogsReport.LogSource {
        @Override
        public StepResult diagnose(StepResult step) {
            return step;
        }

        @Override
        public boolean print(StepResult step, PrintStream out) throws IOException {
            String log = step.log();
            if (log == null) {
                return false;
            }
            Path stderr = Path.of(log);
            boolean printed = print(stderr.resolveSibling("stdout"), out);
            return print(stderr, out) || printed;
        }

        private static boolean print(Path file, PrintStream out) throws IOException {
            if (!Files.isRegularFile(file)) {
                return false;
            }
            out.println("==> " + file + " <==");
            out.flush();
            Files.copy(file, out);
            out.println();
            return true;
        }

        @Override
        public String unavailable(StepResult step) {
            return "";
        }
    }

    @Override
    public boolean isUp() {
        return cluster.isActive();
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
