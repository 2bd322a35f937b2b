package org.emrelay.runner.service;

import org.jspecify.annotations.Nullable;

/**
 * Selects a cluster by id or name. With neither, the workspace's only live cluster is selected, or to read a run the cluster of that run.
 *
 * @param id such as {@code local-1a2b3c4d} or {@code j-2AXXXXXXGAPLF}
 * @param run the id of the run that is needed; null for the newest
 */
public record ClusterSelector(
        @Nullable String id,
        @Nullable String name,
        @Nullable String run) {
    public ClusterSelector(@Nullable String id, @Nullable String name) {
        this(id, name, null);
    }

    public boolean isNone() {
        return id == null && name == null;
    }
}
