package org.emrelay.runner.export.terraform;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.emrelay.runner.export.ExportedPipeline;
import org.emrelay.runner.export.ExportedStep;

/** What of a pipeline's steps and texts Terraform cannot express. */
record StepObstacles(ExportedPipeline pipeline) {
    /** RunJobFlow, which gets all steps, takes no more. */
    private static final int MAX_STEPS = 256;

    List<String> sentences() {
        List<String> obstacles = new ArrayList<>();
        if (pipeline.steps().size() > MAX_STEPS) {
            obstacles.add("The pipeline has " + pipeline.steps().size()
                    + " steps, and EMR creates a cluster with at most " + MAX_STEPS + ". Split the pipeline.");
        }
        for (ExportedStep step : pipeline.steps()) {
            addStep(step, obstacles);
        }
        if (!isNormalized(pipeline.cluster())) {
            obstacles.add("The cluster file has text that is not in Unicode's normal form C, to which Terraform would"
                    + " change it. Write it in that form.");
        }
        return obstacles;
    }

    private void addStep(ExportedStep step, List<String> obstacles) {
        String dependents = pipeline.steps().stream()
                .filter(other -> other.needs().contains(step.name()))
                .map(other -> "'" + other.name() + "'")
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
        if (step.mayFail() && !dependents.isEmpty()) {
            obstacles.add("Step '" + step.name() + "' has \"on_failure\": \"continue\", and EMR would start "
                    + dependents + " without its output. Set \"on_failure\" to \"cancel\".");
        }
        if (step.arguments().contains("")) {
            obstacles.add("Step '" + step.name() + "' has an empty argument, which Terraform's AWS provider leaves out."
                    + " Remove it.");
        }
        if (!isNormalized(step.arguments())) {
            obstacles.add("Step '" + step.name() + "' has an argument that is not in Unicode's normal form C, to which"
                    + " Terraform would change it. Write it in that form.");
        }
    }

    private static boolean isNormalized(Object document) {
        if (document instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .allMatch(entry -> isNormalized(entry.getKey()) && isNormalized(entry.getValue()));
        } else if (document instanceof List<?> list) {
            return list.stream().allMatch(StepObstacles::isNormalized);
        }
        return !(document instanceof String text) || Normalizer.isNormalized(text, Normalizer.Form.NFC);
    }
}
