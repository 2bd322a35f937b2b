package org.emrelay.runner.platform.emr.preflight;

import java.util.List;
import java.util.Objects;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.emr.spec.DefaultKeys;
import org.jspecify.annotations.Nullable;

/**
 * The result of the preflight checks.
 *
 * @param network the usable subnets; null if there are none, which the errors explain
 * @param bucketExists whether the bucket exists from an earlier cluster of the same name
 * @param defaultKeys the KMS keys that the account encrypts with by default
 * @param errors problems that would make the creation fail
 * @param warnings problems that may make it fail, and checks that could not run
 */
public record Findings(
        @Nullable VpcSubnets network,
        boolean bucketExists,
        DefaultKeys defaultKeys,
        List<String> errors,
        List<String> warnings) {
    public Findings {
        Objects.requireNonNull(defaultKeys, "defaultKeys");
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /** Returns the network; to be called only without errors. */
    public VpcSubnets requireNetwork() {
        return Objects.requireNonNull(network, "without errors there is a network");
    }
}
