package org.emrelay.runner.platform.aws.resource;

import java.util.Map;

/** The cluster or stream that AWS resources belong to, as their tags name it. */
public sealed interface Owner permits OwnerTags, StreamOwner {
    /** The tags of each resource. */
    Map<String, String> tags();

    /** Whether a resource with these tags is ours. */
    boolean matches(Map<String, String> tags);

    /** {@code cluster} or {@code stream}. */
    String kind();

    /** How to choose another name, such as {@code with -c}. */
    String renaming();
}
