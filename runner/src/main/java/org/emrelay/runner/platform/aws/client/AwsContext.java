package org.emrelay.runner.platform.aws.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.resource.StreamNames;
import org.emrelay.runner.platform.aws.resource.StreamOwner;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The AWS clients of a command, and how it calls them: each call is retried as {@link AwsRetry} says. */
public record AwsContext(AwsClients clients, AwsRetry retry) {
    public AwsContext {
        Objects.requireNonNull(clients, "clients");
        Objects.requireNonNull(retry, "retry");
    }

    public Ec2Client ec2() {
        return clients.ec2();
    }

    public EmrClient emr() {
        return clients.emr();
    }

    public FirehoseClient firehose() {
        return clients.firehose();
    }

    public IamClient iam() {
        return clients.iam();
    }

    public CloudWatchLogsClient logs() {
        return clients.logs();
    }

    public S3Client s3() {
        return clients.s3();
    }

    /**
     * The names of a cluster's resources in this partition and region.
     *
     * @param account empty if it is not known yet; then the bucket has no name
     */
    public ResourceNames names(OwnerTags owner, String account) {
        return new ResourceNames(
                new AwsScope(clients.partition(), clients.region(), account, owner.workspaceId()), owner.cluster());
    }

    /**
     * The names of a stream's resources in this partition and region.
     *
     * @param account empty if it is not known yet; then the bucket has no name
     */
    public StreamNames names(StreamOwner owner, String account) {
        return new StreamNames(
                new AwsScope(clients.partition(), clients.region(), account, owner.workspaceId()), owner.stream());
    }

    public Instant now() {
        return retry.clock().instant();
    }

    /** Makes an idempotent call: {@link AwsRetry#call(String, Supplier)}. */
    public <T> T call(String operation, Supplier<T> call) {
        return retry.call(operation, call);
    }

    /** Makes an idempotent call, and also retries errors that are transient here. */
    public <T> T call(String operation, Predicate<AwsException> retryable, Duration budget, Supplier<T> call) {
        return retry.call(operation, retryable, budget, call);
    }

    /** Makes a call for optional information: {@link AwsRetry#callBriefly}. */
    public <T> T callBriefly(String operation, Supplier<T> call) {
        return retry.callBriefly(operation, call);
    }

    /** Requests the pages of a listing, each one when the stream needs it. A page is retried by itself. */
    public <P> Stream<P> pages(String operation, Iterable<P> paginator) {
        return pages(paginator, page -> call(operation, page));
    }

    /**
     * Requests the pages of a listing in another way than {@link #call(String, Supplier)}.
     *
     * @param caller makes the call for one page
     */
    public static <P> Stream<P> pages(Iterable<P> paginator, Function<Supplier<P>, P> caller) {
        Iterator<P> pages = paginator.iterator();
        Iterator<P> calls = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return pages.hasNext();
            }

            @Override
            public P next() {
                return caller.apply(pages::next);
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(calls, Spliterator.ORDERED), false);
    }

    /** Makes an idempotent call; empty if AWS has no such resource. */
    public <T> Optional<T> find(String operation, Supplier<T> call) {
        return emptyIf(Kind.NOT_FOUND, () -> call(operation, call));
    }

    /** Creates a resource; empty if it already exists. */
    public <T> Optional<T> create(String operation, Supplier<T> call) {
        return create(operation, fault -> false, Duration.ZERO, call);
    }

    /** Creates a resource, and also retries errors that are transient here; empty if it already exists. */
    public <T> Optional<T> create(
            String operation, Predicate<AwsException> retryable, Duration budget, Supplier<T> call) {
        return emptyIf(Kind.ALREADY_EXISTS, () -> call(operation, retryable, budget, call));
    }

    /**
     * Deletes a resource; false if it is already gone. Retries conflicts: other resources may still depend on it.
     */
    public <T> boolean delete(String operation, Duration conflictBudget, Supplier<T> call) {
        return emptyIf(Kind.NOT_FOUND, () -> call(operation, fault -> fault.is(Kind.CONFLICT), conflictBudget, call))
                .isPresent();
    }

    private static <T> Optional<T> emptyIf(Kind kind, Supplier<T> call) {
        return AwsException.handle(() -> Optional.of(call.get()), fault -> Optional.empty(), kind);
    }

    public String accountId() {
        return callerIdentity().account();
    }

    public CallerIdentity callerIdentity() {
        GetCallerIdentityResponse caller =
                call("get the caller identity", () -> clients.sts().getCallerIdentity());
        return new CallerIdentity(caller.account(), caller.arn());
    }
}
