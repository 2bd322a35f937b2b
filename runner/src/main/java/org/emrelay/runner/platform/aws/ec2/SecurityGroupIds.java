package org.emrelay.runner.platform.aws.ec2;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The security groups of a cluster, created by us or provided by the user.
 *
 * @param serviceAccess the group through which EMR reaches nodes in a private subnet; null in a public subnet
 */
public record SecurityGroupIds(
        String primary, String core, @Nullable String serviceAccess) {
    public SecurityGroupIds {
        Objects.requireNonNull(primary, "primary");
        Objects.requireNonNull(core, "core");
    }
}
