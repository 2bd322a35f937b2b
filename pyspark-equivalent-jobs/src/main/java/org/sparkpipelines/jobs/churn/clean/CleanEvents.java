package org.sparkpipelines.jobs.churn.clean;

/** Turns raw events into the table that features are made of. */
public final class CleanEvents {
    private CleanEvents() {}
}
