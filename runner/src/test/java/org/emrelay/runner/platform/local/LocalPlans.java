package org.emrelay.runner.platform.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.Fingerprint;
import org.emrelay.runner.plan.PlannedStep;

/** Plans of the steps that {@link AttemptRequestBuilder} builds. */
final class LocalPlans {
    private LocalPlans() {}

    /** Steps that can all run at once. */
    static ExecutionPlan independent(AttemptRequestBuilder... steps) {
        return plan(false, "", steps);
    }

    /** Steps that each wait for the one before. */
    static ExecutionPlan chain(AttemptRequestBuilder... steps) {
        return plan(true, "", steps);
    }

    /** A step that writes to a location of the user's choice. */
    static ExecutionPlan writingTo(String uri) {
        return plan(true, uri, AttemptRequestBuilder.step("words"));
    }

    private static ExecutionPlan plan(boolean isChain, String uri, AttemptRequestBuilder... steps) {
        List<PlannedStep> planned = new ArrayList<>();
        for (AttemptRequestBuilder step : steps) {
            planned.add(new PlannedStep(
                    new StepName(step.step()),
                    "",
                    List.of(),
                    new Output(
                            uri.isEmpty() ? new Output.Automatic() : new Output.AtUri(uri),
                            "output",
                            "",
                            Overwrite.NONE),
                    isChain && !planned.isEmpty()
                            ? Set.of(planned.get(planned.size() - 1).name())
                            : Set.of(),
                    step.build().sparkSubmit(),
                    List.of(),
                    new Fingerprint(new TreeMap<>()),
                    FailurePolicy.DEFAULT,
                    ""));
        }
        return new ExecutionPlan(
                "books",
                Map.of(),
                planned,
                planned.stream().map(PlannedStep::name).toList());
    }
}
