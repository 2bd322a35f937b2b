package org.emrelay.runner.service.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.platform.local.RunExecution;
import org.emrelay.runner.platform.local.RunFolders;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.emrelay.runner.report.CleanupReport;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.run.FileJournals;
import org.emrelay.runner.run.RunRetention;
import org.emrelay.runner.run.RunRetention.OldRun;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform.Cleanup;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.Confirmation;

/** Deletes data and logs of old local runs that no later run can reuse. Their records stay. */
final class LocalCleanup {
    private final Application app;
    private final Cleanup cleanup;

    LocalCleanup(Application app, Cleanup cleanup) {
        this.app = app;
        this.cleanup = cleanup;
    }

    ExitCode execute(CommandOutput output) throws IOException {
        LocalWorkspace workspace = LocalSession.openExisting(app).workspace();
        List<OldRun> old = find(workspace, WorkspaceLock.executions(workspace));
        CleanupReport found = report(old, workspace);
        if (found.runs().isEmpty() || cleanup.dryRun()) {
            output.print(found);
            return ExitCode.DONE;
        }
        output.preview(found);
        confirm(found, output);
        Set<RunId> deleted = delete(old, workspace);
        output.print(new CleanupReport(
                found.runs().stream().filter(row -> deleted.contains(row.run())).toList(), true));
        return ExitCode.DONE;
    }

    private List<OldRun> find(LocalWorkspace workspace, List<RunExecution> executions) throws IOException {
        Instant olderThan = cleanup.olderThan() == null
                ? null
                : app.context().clock().instant().minus(cleanup.olderThan());
        Set<RunId> executed = executions.stream().map(RunExecution::run).collect(Collectors.toSet());
        return new RunRetention(cleanup.keep(), olderThan, cleanup.outdated())
                .find(executed, new FileJournals(workspace.directory()), workspace);
    }

    /** What there is to delete. */
    private static CleanupReport report(List<OldRun> old, LocalWorkspace workspace) throws IOException {
        List<CleanupReport.Row> rows = new ArrayList<>();
        for (OldRun run : old) {
            RunFolders folders = folders(run, workspace);
            Set<Path> needed = needed(run);
            List<StepName> steps = folders.withOutput(run.steps(), needed);
            long logBytes = folders.logBytes();
            if (!steps.isEmpty() || logBytes > 0) {
                rows.add(new CleanupReport.Row(
                        run.run().id(), run.run().plan().pipeline(), steps, folders.bytes(steps, needed), logBytes));
            }
        }
        return new CleanupReport(rows, false);
    }

    private static Set<Path> needed(OldRun old) {
        return old.neededFolders().stream().map(Path::of).collect(Collectors.toSet());
    }

    private static RunFolders folders(OldRun old, LocalWorkspace workspace) {
        return RunFolders.of(workspace, old.run().plan().pipeline(), old.run().id());
    }

    private void confirm(CleanupReport found, CommandOutput output) throws IOException {
        try {
            new Confirmation(app.context(), cleanup.confirmed()).require("Delete " + found.total() + "?");
        } catch (CommandFailure refusal) {
            output.finish(found);
            throw refusal;
        }
    }

    /** Meanwhile a run may have started that uses some of it. None starts until the rest has disappeared. */
    private Set<RunId> delete(List<OldRun> confirmed, LocalWorkspace workspace) throws IOException {
        Map<RunId, OldRun> byId = new HashMap<>();
        confirmed.forEach(run -> byId.put(run.run().id(), run));
        Map<RunFolders, List<Path>> removed = new LinkedHashMap<>();
        Set<RunId> deleted = new HashSet<>();
        app.lock().withExecutions(executions -> {
            for (OldRun run : find(workspace, executions)) {
                OldRun seen = byId.get(run.run().id());
                if (seen != null) {
                    RunFolders folders = folders(run, workspace);
                    removed.put(
                            folders,
                            folders.remove(
                                    run.steps().stream()
                                            .filter(seen.steps()::contains)
                                            .toList(),
                                    needed(run)));
                    deleted.add(run.run().id());
                }
            }
        });
        for (Map.Entry<RunFolders, List<Path>> each : removed.entrySet()) {
            each.getKey().delete(each.getValue());
        }
        return deleted;
    }
}
