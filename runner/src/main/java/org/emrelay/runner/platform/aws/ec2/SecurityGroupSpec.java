package org.emrelay.runner.platform.aws.ec2;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A security group that is to be made. It begins without any rule that lets somebody in. */
public record SecurityGroupSpec(Part part, String name, String description, Map<String, String> tags) {

    /** Whom a group is for. */
    public enum Part {
        PRIMARY("the primary node"),
        CORE("the core and task nodes"),
        /** EMR's own access to nodes in a private subnet. */
        ACCESS("access by EMR itself");

        private final String words;

        Part(String words) {
            this.words = words;
        }
    }

    /** By this port the primary node speaks to EMR's side of a private subnet. */
    public static final int TO_SERVICE = 9443;

    /** By this port EMR speaks to the nodes. */
    public static final int FROM_SERVICE = 8443;

    public SecurityGroupSpec {
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    public static SecurityGroupSpec of(Part part, String name, String cluster, Map<String, String> tags) {
        return new SecurityGroupSpec(part, name, "Emrelay, cluster " + cluster + ": " + part.words, tags);
    }
}
