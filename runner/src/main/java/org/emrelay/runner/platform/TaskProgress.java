package org.emrelay.runner.platform;

/**
 * How far Spark is with the tasks of a step's active stages.
 *
 * @param total changes as stages start and end
 */
public record TaskProgress(int completed, int total) {
    public TaskProgress {
        if (completed < 0 || total < 1 || completed > total) {
            throw new IllegalArgumentException(completed + " of " + total + " tasks");
        }
    }
}
