package org.emrelay.jobs.classification.models;

import java.util.List;

/** Column names shared by training, evaluation and scoring, independent of the table's names. */
public final class ModelColumns {
    /** The id of a row's subject, as text. */
    public static final String ID = "id";

    /** 1.0 for a row of the positive class, else 0.0. */
    public static final String LABEL = "label";

    /** The feature vector, with named slots. */
    public static final String FEATURES = "features";

    /** The calibrated probability of label 1. */
    public static final String PROBABILITY = "probability";

    /** The model of a prediction, in tables of several models. */
    public static final String MODEL = "model";

    static final String WEIGHT = "_weight_";
    static final String SCALED = "_scaled_";
    static final String RAW = "_raw_";

    /** Columns between the stages of a model, dropped from its output. */
    static final List<String> INTERMEDIATE = List.of(SCALED, RAW, "_probability_", "_prediction_");

    private static final List<String> RESERVED = List.of(ID, LABEL, FEATURES, PROBABILITY);

    private ModelColumns() {}

    /** Whether models use this column name themselves, so that no feature can have it. */
    public static boolean isReserved(String name) {
        return RESERVED.stream().anyMatch(name::equalsIgnoreCase) || name.matches("_.*_");
    }
}
