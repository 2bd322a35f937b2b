package org.emrelay.runner.platform.aws.ec2;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The specification of a security group. It starts without ingress rules. */
public record SecurityGroupSpec(Purpose purpose, String name, String description, Map<String, String> tags) {
    /** The nodes or service that a group is for. */
    public enum Purpose {
        PRIMARY("primary node"),
        CORE("core and task nodes"),
        /** EMR's access to nodes in a private subnet. */
        SERVICE_ACCESS("EMR service access");

        private final String description;

        Purpose(String description) {
            this.description = description;
        }
    }

    /** The port on which the primary node in a private subnet reaches EMR. */
    public static final int PRIMARY_TO_EMR_PORT = 9443;

    /** The port on which EMR reaches nodes in a private subnet. */
    public static final int EMR_TO_NODES_PORT = 8443;

    public SecurityGroupSpec {
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    public static SecurityGroupSpec of(Purpose purpose, String name, String cluster, Map<String, String> tags) {
        return new SecurityGroupSpec(purpose, name, "Emrelay cluster " + cluster + ": " + purpose.description, tags);
    }
}
