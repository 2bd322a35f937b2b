package org.emrelay.runner.platform.emr.log;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where EMR ships a step's logs to.
 *
 * @param folder the cluster's folder of logs as a key that ends with a slash
 */
public record StepPlace(String bucket, String folder, String stepId) {
    private static final Pattern LOG_URI = Pattern.compile("s3[an]?://([^/]+)(?:/(.*?))?/*");

    public StepPlace {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(stepId, "stepId");
        if (!folder.endsWith("/")) {
            throw new IllegalArgumentException("no folder: " + folder);
        }
    }

    /** Takes the LogUri as EMR answers it ({@code s3n://…/}); empty when that is no place in S3. */
    public static Optional<StepPlace> of(String logUri, String clusterId, String stepId) {
        Matcher uri = LOG_URI.matcher(logUri);
        if (!uri.matches()) {
            return Optional.empty();
        }
        String prefix = uri.group(2) == null || uri.group(2).isEmpty() ? "" : uri.group(2) + "/";
        return Optional.of(new StepPlace(uri.group(1), prefix + clusterId + "/", stepId));
    }

    /** The URI of the step's own logs, whether or not they are there yet. */
    public String uri() {
        return "s3://" + bucket + "/" + steps();
    }

    String steps() {
        return folder + "steps/" + stepId + "/";
    }

    String containers(String application) {
        return folder + "containers/" + application + "/";
    }
}
