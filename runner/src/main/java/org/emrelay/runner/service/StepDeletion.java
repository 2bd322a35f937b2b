package org.emrelay.runner.service;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.StepRemovalReport;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.StepRemoval;
import org.emrelay.runner.run.StepRemover;
import org.emrelay.runner.service.ClusterPlatform.Access;
import org.jspecify.annotations.Nullable;

/** Deletes steps from a run, with all steps that depend on them. */
public final class StepDeletion {
    private final SelectedCluster cluster;
    private final boolean confirmed;

    public StepDeletion(SelectedCluster cluster, boolean confirmed) {
        this.cluster = cluster;
        this.confirmed = confirmed;
    }

    /**
     * Deletes steps.
     *
     * @param runId null for the cluster's newest run
     * @param stepNames empty for all steps that have not started
     * @param cancel whether to cancel running steps on EMR
     */
    public ExitCode delete(@Nullable String runId, List<String> stepNames, boolean cancel, CommandOutput output)
            throws IOException, InterruptedException {
        try (ClusterSession session = cluster.open(Access.DELETE_STEPS)) {
            Run run = session.runs().run(session.id(), runId);
            Set<StepName> names = StepNames.of(run.plan(), stepNames);
            try (StepRemover removal = session.removal(run)) {
                StepRemoval planned = allowed(removal.preview(names, cancel));
                cluster.app().progress().clear();
                StepRemoval done = planned;
                if (!planned.steps().isEmpty()) {
                    new Confirmation(cluster.app().context(), confirmed)
                            .require("Delete " + names(planned.steps()) + " from run " + run.id() + "?");
                    done = allowed(removal.execute(names, cancel));
                    cluster.app().progress().clear();
                }
                output.print(new StepRemovalReport(run.id(), done, cancel));
            }
        }
        return ExitCode.DONE;
    }

    private static StepRemoval allowed(StepRemoval removal) {
        if (!removal.refusal().isEmpty()) {
            throw CommandFailure.refused(removal.refusal());
        }
        return removal;
    }

    private static String names(List<StepName> steps) {
        return steps.stream().map(StepName::value).collect(Collectors.joining(", "));
    }
}
