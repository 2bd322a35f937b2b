package org.emrelay.runner.service;

import org.jspecify.annotations.Nullable;

/**
 * Selects a cluster by id or name. With neither, the workspace's only live cluster is selected.
 *
 * @param id such as {@code local-1a2b3c4d} or {@code j-2AXXXXXXGAPLF}
 */
public record ClusterSelector(@Nullable String id, @Nullable String name) {}
