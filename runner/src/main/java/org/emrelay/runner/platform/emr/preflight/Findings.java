package org.emrelay.runner.platform.emr.preflight;

import java.util.List;
import java.util.Objects;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.jspecify.annotations.Nullable;

/**
 * What was found before anything is created.
 *
 * @param network null when the subnets cannot be used, which the errors say
 * @param bucketThere whether our bucket is there from an earlier cluster of the name
 * @param errors sentences, each about something that would make the creation fail
 * @param warnings sentences about what may do so, or what could not be looked at
 */
public record Findings(@Nullable VpcSubnets network, boolean bucketThere, List<String> errors, List<String> warnings) {
    public Findings {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /** The network, where no error stands in the way. */
    public VpcSubnets usableNetwork() {
        return Objects.requireNonNull(network, "without errors there is a network");
    }
}
