package org.emrelay.runner.service;

import java.io.IOException;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.RunAddedReport;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.service.ClusterPlatform.Access;

/** Adds a pipeline's steps to a cluster as a new run. */
public final class StepAddition {
    private final Application app;
    private final boolean confirmed;

    public StepAddition(Application app, boolean confirmed) {
        this.app = app;
        this.confirmed = confirmed;
    }

    public ExitCode add(PipelineSource source, ClusterResolver resolver, ResumeRequest resume, CommandOutput output)
            throws IOException {
        ExecutionPlan plan = resolver.platform().plan(app, source, confirmed);
        try (ClusterSession session = resolver.open(Access.ADD_STEPS)) {
            Run earlier = resume.resolve(session.runs(), plan.pipeline(), Selection.NONE, resolver.progress());
            output.print(new RunAddedReport(session.add(plan, earlier)));
        }
        return ExitCode.DONE;
    }
}
