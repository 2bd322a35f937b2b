package org.emrelay.runner.platform.aws.stream;

import java.util.List;
import org.emrelay.runner.platform.aws.iam.KmsKey;
import org.jspecify.annotations.Nullable;

/**
 * The result of the preflight checks of a stream.
 *
 * @param bucketKey the key with which the existing bucket encrypts new objects; null if S3 or AWS manages the key
 * @param errors problems that would make the creation fail
 * @param warnings problems that may make it fail, and checks that could not run
 */
public record StreamFindings(@Nullable KmsKey bucketKey, List<String> errors, List<String> warnings) {
    public StreamFindings {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }
}
