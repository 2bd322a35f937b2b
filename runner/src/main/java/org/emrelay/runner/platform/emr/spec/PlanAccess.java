package org.emrelay.runner.platform.emr.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.platform.aws.iam.BucketAccess;
import org.emrelay.runner.platform.aws.s3.S3Uri;

/**
 * The access to S3 that the steps of a plan need beyond what every node has.
 *
 * @param steps the steps that need each access
 */
public record PlanAccess(Map<BucketAccess, List<StepName>> steps) {
    public PlanAccess {
        Map<BucketAccess, List<StepName>> copy = new LinkedHashMap<>();
        steps.forEach((access, names) -> copy.put(access, List.copyOf(names)));
        steps = Collections.unmodifiableMap(copy);
    }

    /**
     * Steps read what their inputs, programs and arguments name. They write to their outputs, and to what their {@code writes}
     * name. Steps in the legacy form get the bare name of the workspace and may write anywhere in it.
     *
     * @param workspace its bucket, followed by its key prefix if there is one
     */
    public static PlanAccess of(ExecutionPlan plan, String workspace) {
        Map<BucketAccess, List<StepName>> steps = new TreeMap<>();
        for (PlannedStep step : plan.steps()) {
            if (step.runs()) {
                find(step, workspace, (access, name) -> {
                    List<StepName> names = steps.computeIfAbsent(access, absent -> new ArrayList<>());
                    if (!names.contains(name)) {
                        names.add(name);
                    }
                });
            }
        }
        return new PlanAccess(steps);
    }

    private static void find(PlannedStep step, String workspace, BiConsumer<BucketAccess, StepName> found) {
        SparkSubmit submit = step.sparkSubmit();
        Stream<Argument> inputs = step.inputs().stream().flatMap(input -> input.uris().stream());
        Stream<Argument> texts = Stream.of(
                        List.of(submit.program()),
                        submit.arguments(),
                        submit.settings().conf().values(),
                        submit.settings().env().values())
                .flatMap(arguments -> arguments.stream());
        Stream.concat(inputs, texts)
                .flatMap(S3Mentions::in)
                .forEach(uri -> found.accept(BucketAccess.read(uri.bucket(), uri.key()), step.name()));
        submit.settings()
                .files()
                .forEach((option, files) -> files.stream()
                        .flatMap(file -> option.renames() ? S3Mentions.inRenamed(file) : S3Mentions.in(file))
                        .forEach(uri -> found.accept(BucketAccess.read(uri.bucket(), uri.key()), step.name())));
        Stream<String> output =
                step.output().destination() instanceof Output.AtUri at ? Stream.of(at.uri()) : Stream.empty();
        Stream<String> own = submit.legacy() ? Stream.of("s3://" + workspace) : Stream.empty();
        Stream.of(output, step.output().writes().stream(), own)
                .flatMap(uris -> uris)
                .flatMap(uri -> S3Uri.parse(uri).stream())
                .forEach(uri -> found.accept(BucketAccess.write(uri.bucket(), uri.key()), step.name()));
    }

    public Set<BucketAccess> accesses() {
        return steps.keySet();
    }
}
