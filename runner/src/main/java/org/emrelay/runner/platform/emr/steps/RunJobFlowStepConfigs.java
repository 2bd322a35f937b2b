package org.emrelay.runner.platform.emr.steps;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.SubmissionMode;

/** The steps in a RunJobFlow request. EMR executes them in order and terminates the cluster after the last one. */
public final class RunJobFlowStepConfigs {
    public static final SubmissionMode MODE = new SubmissionMode(true, AddStepsCall.MAX_STEPS, Duration.ZERO);

    private RunJobFlowStepConfigs() {}

    /** The StepConfig JSON of the attempts, in submission order. */
    public static List<Map<String, Object>> of(RunId run, List<AttemptRequest> requests) {
        return requests.stream()
                .map(request -> StepConfigs.jsonForTransientCluster(EmrStepName.of(run, request.attempt()), request))
                .toList();
    }
}
