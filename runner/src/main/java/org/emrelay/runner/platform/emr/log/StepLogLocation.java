package org.emrelay.runner.platform.emr.log;

import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.platform.aws.s3.S3Uri;

/**
 * The S3 location of a step's logs.
 *
 * @param folder the key prefix of the cluster's logs, with a trailing slash
 */
public record StepLogLocation(String bucket, String folder, String stepId) {
    public StepLogLocation {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(stepId, "stepId");
        if (!folder.endsWith("/")) {
            throw new IllegalArgumentException("not a folder: " + folder);
        }
    }

    /** Parses the LogUri that EMR returns ({@code s3n://…/}); empty if it is not an S3 URI. */
    public static Optional<StepLogLocation> of(String logUri, String clusterId, String stepId) {
        return S3Uri.parse(logUri)
                .map(uri -> uri.resolve(clusterId))
                .map(logs -> new StepLogLocation(logs.bucket(), logs.key() + "/", stepId));
    }

    /** The URI of the step's own logs, whether or not they exist yet. */
    public String uri() {
        return "s3://" + bucket + "/" + stepFolder();
    }

    String stepFolder() {
        return folder + "steps/" + stepId + "/";
    }

    String containerFolder(String application) {
        return folder + "containers/" + application + "/";
    }
}
