package org.emrelay.jobs.classification.inmemory;

import java.util.Locale;

/** Spark's parameter {@code featureSubsetStrategy}. */
final class FeatureSubset {
    private FeatureSubset() {}

    /** The number of features that are considered for each split. */
    static int size(String strategy, int features) {
        double size = switch (strategy.toLowerCase(Locale.ROOT)) {
            case "all" -> features;
            case "sqrt" -> Math.sqrt(features);
            case "log2" -> Math.log(features) / Math.log(2);
            case "onethird" -> features / 3.0;
            default -> strategy.contains(".") ? Double.parseDouble(strategy) * features : Integer.parseInt(strategy);
        };
        return (int) Math.max(1, Math.min(features, Math.ceil(size)));
    }
}
