package org.emrelay.runner.platform.aws.stream;

import java.util.Optional;
import java.util.function.Supplier;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.client.CallerIdentity;
import org.emrelay.runner.platform.aws.iam.BucketKeys;
import org.emrelay.runner.platform.aws.iam.KmsKey;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.emrelay.runner.platform.aws.preflight.CallerPermissionsCheck;
import org.emrelay.runner.platform.aws.preflight.FindingsBuilder;
import org.emrelay.runner.platform.aws.resource.StreamNames;
import org.emrelay.runner.platform.aws.s3.Buckets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseClient;

/** Checks for all problems that would make the creation of a stream fail. */
final class StreamPreflight {
    private final AwsContext aws;
    private final StreamDefinition stream;
    private final StreamOptions options;
    private final StreamNames names;
    private final FindingsBuilder findings = new FindingsBuilder();

    /** @param names with the account */
    StreamPreflight(AwsContext aws, StreamDefinition stream, StreamOptions options, StreamNames names) {
        this.aws = aws;
        this.stream = stream;
        this.options = options;
        this.names = names;
    }

    /**
     * Checks the account, in parallel with the lookup of existing resources.
     *
     * @param existing finds the existing resources
     * @param caller the caller whose permissions are simulated; null to skip the simulation
     */
    StreamFindings run(Supplier<ExistingStream> existing, @Nullable CallerIdentity caller) {
        DeliveryStreamLimits.problems(stream.sink()).forEach(findings::error);
        checkRegion();
        Optional<String> given = StreamResources.givenBucket(stream, options);
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            tasks.run(() -> checkNames(existing.get()));
            Task<Optional<KmsKey>> key = tasks.start(() -> given.flatMap(this::findKey));
            tasks.run(() -> given.ifPresent(bucket -> findings.orReport(() -> checkBucket(bucket), false)));
            if (caller != null) {
                tasks.run(() -> findings.orWarn("the caller's permissions", () -> checkPermissions(caller)));
            }
            tasks.join();
            return new StreamFindings(key.get().orElse(null), findings.errors(), findings.warnings());
        }
    }

    /** A region that the SDK does not know may be new. */
    private void checkRegion() {
        String region = aws.clients().region();
        if (aws.clients().hasFirehoseEndpoint()
                || FirehoseClient.serviceMetadata().regions().contains(Region.of(region))) {
            return;
        }
        findings.warn(
                "Region " + region + " is not known to have Amazon Data Firehose. Choose another one with --region.");
    }

    private void checkNames(ExistingStream existing) {
        existing.notOwned()
                .forEach(resource ->
                        findings.error(resource + " already exists, and its tags do not match this workspace"
                                + " and stream. Choose another name in the stream file."));
    }

    private boolean checkBucket(String bucket) {
        String region = aws.clients().region();
        Optional<String> found = new Buckets(aws).findRegion(bucket);
        if (found.isEmpty()) {
            findings.error("bucket: bucket '" + bucket
                    + "' does not exist. Create it, or remove the key to let Emrelay create one.");
        } else if (!found.get().isEmpty() && !found.get().equals(region)) {
            findings.error("bucket: bucket '" + bucket + "' is in " + found.get() + ", but the stream is in " + region
                    + ". Choose a bucket in the same region, or pass the other region with --region.");
        }
        return true;
    }

    private Optional<KmsKey> findKey(String bucket) {
        return AwsException.handle(
                () -> new BucketKeys(aws, () -> names.scope().account()).find(bucket),
                fault -> {
                    findings.warn("Not checked: the default encryption of bucket " + bucket
                            + " (s3:GetEncryptionConfiguration). If it uses a KMS key, Firehose has no permission for"
                            + " that key and delivers nothing. " + fault.message());
                    return Optional.empty();
                },
                Kind.ACCESS_DENIED,
                Kind.UNSUPPORTED_OPERATION);
    }

    private void checkPermissions(CallerIdentity caller) {
        StreamResources resources = new StreamResources(stream, options, names.scope(), null);
        new CallerPermissionsCheck(
                        aws,
                        caller,
                        resources.tags(),
                        StreamCallerPolicy.of(resources).statements(),
                        StreamCallerPolicy.DOCUMENT,
                        findings::warn)
                .check();
    }
}
