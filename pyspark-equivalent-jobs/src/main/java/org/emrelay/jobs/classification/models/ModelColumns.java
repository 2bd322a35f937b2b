package org.emrelay.jobs.classification.models;

import java.util.List;

/** What the columns are called between training, evaluation and scoring, whatever the table's own names for them are. */
public final class ModelColumns {
    /** Whom or what a row is about, as text. */
    public static final String ID = "id";

    /** 1.0 for a row of the class that is looked for, else 0.0. */
    public static final String LABEL = "label";

    /** What the models see: a vector whose places have names. */
    public static final String FEATURES = "features";

    /** How likely the label is 1, from 0 to 1. */
    public static final String CHANCE = "chance";

    /** Which model said it, where several did. */
    public static final String MODEL = "model";

    static final String WEIGHT = "_weight_";
    static final String SCALED = "_scaled_";
    static final String RAW = "_raw_";

    /** What the stages of a model leave between them, and nobody after them needs. */
    static final List<String> PASSING = List.of(SCALED, RAW, "_probability_", "_prediction_");

    private static final List<String> TAKEN = List.of(ID, LABEL, FEATURES, CHANCE);

    private ModelColumns() {}

    /** Whether no feature can have that name, for the models give it to what they make. */
    public static boolean isTaken(String name) {
        return TAKEN.stream().anyMatch(name::equalsIgnoreCase) || name.matches("_.*_");
    }
}
