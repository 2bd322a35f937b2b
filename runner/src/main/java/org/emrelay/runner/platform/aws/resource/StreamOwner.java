package org.emrelay.runner.platform.aws.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The tags that mark a resource as a stream's. They differ from a cluster's, so that neither deletes the resources of the other. */
public record StreamOwner(String workspaceId, String stream) implements Owner {
    public static final String STREAM = "emrelay:stream";

    public StreamOwner {
        Objects.requireNonNull(workspaceId, "workspaceId");
        Objects.requireNonNull(stream, "stream");
    }

    @Override
    public Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(OwnerTags.WORKSPACE, workspaceId);
        tags.put(STREAM, stream);
        return tags;
    }

    @Override
    public boolean matches(Map<String, String> tags) {
        return workspaceId.equals(tags.get(OwnerTags.WORKSPACE)) && stream.equals(tags.get(STREAM));
    }

    @Override
    public String kind() {
        return "stream";
    }

    @Override
    public String renaming() {
        return "in the stream file";
    }
}
