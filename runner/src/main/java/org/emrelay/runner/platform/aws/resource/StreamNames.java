package org.emrelay.runner.platform.aws.resource;

import java.util.Objects;

/**
 * The names of a stream's AWS resources, which derive from the workspace ID and the stream's name alone.
 *
 * <p>A cluster with the same name uses different names: its roles end with {@code -service} and {@code -nodes}, and its bucket's name begins with
 * the account.
 *
 * @param stream the stream's name from its file
 */
public record StreamNames(AwsScope scope, String stream) {
    /** The log stream of delivery errors, as Firehose's console names it. */
    public static final String LOG_STREAM = "DestinationDelivery";

    public StreamNames {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(stream, "stream");
    }

    public StreamOwner owner() {
        return new StreamOwner(scope.workspaceId(), stream);
    }

    public String deliveryStream() {
        return ResourceNames.PREFIX + scope.workspaceId() + "-" + scope.region() + "-"
                + ResourceNames.shortened(stream, ResourceNames.MAX_CLUSTER_IN_ROLE);
    }

    /** The role with which Firehose writes to the bucket and to the log stream. */
    public String role() {
        return deliveryStream() + "-firehose";
    }

    /** The log group of delivery errors. */
    public String logGroup() {
        return "/aws/kinesisfirehose/" + deliveryStream();
    }

    public String bucket() {
        return ResourceNames.PREFIX + "posts-" + scope.account() + "-" + scope.region() + "-" + scope.workspaceId()
                + "-" + ResourceNames.shortened(stream, ResourceNames.MAX_CLUSTER_IN_BUCKET);
    }
}
