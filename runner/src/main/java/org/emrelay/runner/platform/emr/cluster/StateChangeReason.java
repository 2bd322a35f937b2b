package org.emrelay.runner.platform.emr.cluster;

import java.util.Locale;
import java.util.Objects;
import software.amazon.awssdk.services.emr.model.ClusterStateChangeReasonCode;

/**
 * Why EMR changed the state of a cluster.
 *
 * @param code one of EMR's ClusterStateChangeReasonCode; empty if there is none
 * @param message empty if there is none
 */
public record StateChangeReason(String code, String message) {
    public StateChangeReason {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    /**
     * Whether EMR could not use the service role. RunJobFlow accepts a role that EMR does not see yet, and the cluster
     * ends with this reason. The code alone does not tell: EMR has it for every invalid value.
     */
    public boolean isServiceRoleRefused() {
        return is(ClusterStateChangeReasonCode.VALIDATION_ERROR)
                && message.toLowerCase(Locale.ROOT).contains("service role");
    }

    /** Whether EC2 could not provide the instances of a fleet. */
    boolean isCapacityMissing() {
        return is(ClusterStateChangeReasonCode.INSTANCE_FLEET_TIMEOUT)
                || (is(ClusterStateChangeReasonCode.VALIDATION_ERROR)
                        && message.toLowerCase(Locale.ROOT).contains("capacity"));
    }

    private boolean is(ClusterStateChangeReasonCode other) {
        return code.equals(other.toString());
    }

    /** Code and message, as messages show them; empty if there is neither. */
    public String text() {
        return code.isEmpty() || message.isEmpty() ? code + message : code + ": " + message;
    }
}
