package org.emrelay.runner.platform.aws.iam;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.plan.Argument;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.PlannedStep.PlannedInput;
import org.emrelay.runner.plan.SparkSubmit;

/**
 * What the steps of a plan do to a bucket that is not the workspace's.
 *
 * @param written whether they may write there, or only read
 */
public record BucketAccess(String bucket, boolean written) {
    private static final Pattern URI =
            Pattern.compile("s3[an]?://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?![a-zA-Z0-9_.-])");

    public BucketAccess {
        Objects.requireNonNull(bucket, "bucket");
    }

    /**
     * The buckets that inputs, programs, outputs and arguments name, but for the workspace's own. What an argument is for nobody knows: it may be written
     * to.
     */
    public static List<BucketAccess> of(ExecutionPlan plan, String ownBucket) {
        TreeMap<String, Boolean> found = new TreeMap<>();
        for (PlannedStep step : plan.steps()) {
            if (step.runs()) {
                Set<Argument> inputs =
                        step.inputs().stream().map(PlannedInput::uri).collect(Collectors.toSet());
                SparkSubmit submission = step.submission();
                Stream.of(
                                inputs,
                                List.of(submission.program()),
                                submission.jars(),
                                submission.pyFiles(),
                                submission.files(),
                                submission.archives())
                        .flatMap(Collection::stream)
                        .flatMap(BucketAccess::buckets)
                        .forEach(bucket -> found.putIfAbsent(bucket, false));
                Stream.of(
                                submission.arguments(),
                                submission.conf().values(),
                                submission.env().values())
                        .flatMap(Collection::stream)
                        .filter(word -> !inputs.contains(word))
                        .flatMap(BucketAccess::buckets)
                        .forEach(bucket -> found.put(bucket, true));
                if (step.output().destination() instanceof Output.At at) {
                    buckets(Argument.literal(at.uri())).forEach(bucket -> found.put(bucket, true));
                }
            }
        }
        found.remove(ownBucket);
        return found.entrySet().stream()
                .map(use -> new BucketAccess(use.getKey(), use.getValue()))
                .toList();
    }

    private static Stream<String> buckets(Argument word) {
        return word.pieces().stream()
                .filter(Argument.Literal.class::isInstance)
                .flatMap(piece -> URI.matcher(((Argument.Literal) piece).text()).results())
                .map(uri -> uri.group(1));
    }
}
