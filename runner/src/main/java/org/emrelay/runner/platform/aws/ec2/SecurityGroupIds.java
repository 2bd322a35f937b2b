package org.emrelay.runner.platform.aws.ec2;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The security groups that a cluster gets, the user's or our own.
 *
 * @param access the group of EMR's own access; null in a public subnet
 */
public record SecurityGroupIds(
        String primary, String core, @Nullable String access) {
    public SecurityGroupIds {
        Objects.requireNonNull(primary, "primary");
        Objects.requireNonNull(core, "core");
    }
}
