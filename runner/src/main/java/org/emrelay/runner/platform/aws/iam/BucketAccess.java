package org.emrelay.runner.platform.aws.iam;

import static org.emrelay.runner.platform.aws.iam.PolicyDocument.allow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.PlannedStep.PlannedInput;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.platform.aws.resource.AwsScope;

/**
 * The access that the steps of a plan need beyond what the node role has: to a bucket outside the workspace, or to all of the workspace.
 *
 * @param prefix the key prefix to which it is limited; empty for the whole bucket
 * @param writes whether the steps may write to it, or only read
 */
public record BucketAccess(String bucket, String prefix, boolean writes) {
    private static final Pattern URI =
            Pattern.compile("s3[an]?://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?![a-zA-Z0-9_.-])");

    private static final List<String> FIND = List.of("s3:GetBucketLocation", "s3:ListBucket");

    /** S3A's committers and its cleanup list the unfinished uploads of a bucket. */
    private static final List<String> FIND_TO_WRITE =
            List.of("s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads");

    private static final List<String> READ = List.of("s3:GetObject");
    private static final List<String> WRITE = List.of(
            "s3:AbortMultipartUpload",
            "s3:DeleteObject",
            "s3:GetObject",
            "s3:ListMultipartUploadParts",
            "s3:PutObject");

    public BucketAccess {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(prefix, "prefix");
    }

    /**
     * The buckets in inputs, programs, outputs and arguments, except the workspace's own. The purpose of a URI in an
     * argument is unknown, so its bucket counts as written. Steps in the legacy form get the bare name of the workspace and may
     * write anywhere in it.
     *
     * @param workspace its bucket, followed by its key prefix if there is one
     */
    public static List<BucketAccess> of(ExecutionPlan plan, String workspace) {
        int slash = workspace.indexOf('/');
        String ownBucket = slash < 0 ? workspace : workspace.substring(0, slash);
        TreeMap<String, Boolean> writesByBucket = new TreeMap<>();
        for (PlannedStep step : plan.steps()) {
            if (step.runs()) {
                Set<Argument> inputs =
                        step.inputs().stream().map(PlannedInput::uri).collect(Collectors.toSet());
                SparkSubmit submit = step.sparkSubmit();
                Stream<Argument> files =
                        submit.settings().files().values().stream().flatMap(List::stream);
                Stream.of(inputs.stream(), Stream.of(submit.program()), files)
                        .flatMap(arguments -> arguments)
                        .flatMap(BucketAccess::buckets)
                        .forEach(bucket -> writesByBucket.putIfAbsent(bucket, false));
                Stream.of(
                                submit.arguments(),
                                submit.settings().conf().values(),
                                submit.settings().env().values())
                        .flatMap(Collection::stream)
                        .filter(argument -> !inputs.contains(argument))
                        .flatMap(BucketAccess::buckets)
                        .forEach(bucket -> writesByBucket.put(bucket, true));
                if (step.output().destination() instanceof Output.AtUri at) {
                    buckets(Argument.literal(at.uri())).forEach(bucket -> writesByBucket.put(bucket, true));
                }
            }
        }
        writesByBucket.remove(ownBucket);
        Stream<BucketAccess> others =
                writesByBucket.entrySet().stream().map(entry -> new BucketAccess(entry.getKey(), "", entry.getValue()));
        boolean hasLegacySteps = plan.steps().stream()
                .anyMatch(step -> step.runs() && step.sparkSubmit().legacy());
        return hasLegacySteps
                ? Stream.concat(
                                others,
                                Stream.of(new BucketAccess(
                                        ownBucket, slash < 0 ? "" : workspace.substring(slash + 1), true)))
                        .toList()
                : others.toList();
    }

    private static Stream<String> buckets(Argument argument) {
        return argument.parts().stream()
                .filter(Argument.Literal.class::isInstance)
                .flatMap(part -> URI.matcher(((Argument.Literal) part).text()).results())
                .map(uri -> uri.group(1));
    }

    String uri() {
        return "s3://" + location();
    }

    private String location() {
        return prefix.isEmpty() ? bucket : bucket + "/" + prefix;
    }

    /** The name of the inline policy that allows it. */
    String policyName() {
        return (writes ? "write-" : "read-") + bucket;
    }

    /**
     * The inline policy that allows it.
     *
     * @param key the customer managed key that encrypts the objects of the bucket; empty for none
     */
    public Map<String, Object> policy(String partition, Optional<KmsKey> key) {
        AwsScope scope = new AwsScope(partition, "", "", "");
        List<Map<String, Object>> statements = new ArrayList<>();
        statements.add(allow("FindTheObjects", writes ? FIND_TO_WRITE : FIND, List.of(scope.bucketArn(bucket))));
        statements.add(allow("UseTheObjects", writes ? WRITE : READ, List.of(scope.bucketArn(location() + "/*"))));
        key.ifPresent(known -> statements.add(KmsKeyPolicy.forBucket("UseTheKey", known.arn(), writes)));
        return PolicyDocument.of(statements);
    }
}
