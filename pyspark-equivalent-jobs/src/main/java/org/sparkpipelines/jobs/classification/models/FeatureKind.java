package org.sparkpipelines.jobs.classification.models;

/** How a column of the table becomes numbers. */
public enum FeatureKind {
    NUMBER,
    YES_OR_NO,
    DATE,
    TIME,
    CATEGORY
}
