package org.emrelay.jobs.classification.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.jobs.learning.Bootstrap.Interval;

/**
 * The metrics of the best model minus those of another, with paired confidence intervals.
 *
 * <p>Paired intervals are much narrower than those of either metric.
 *
 * @param confidenceLevel the level of each interval, Bonferroni-corrected for a joint level of 95 %
 */
record PairedDifference(String best, String other, double confidenceLevel, Map<EvaluationMetric, Interval> intervals) {
    private static final double FAMILY_CONFIDENCE = 0.95;

    PairedDifference {
        Objects.requireNonNull(best, "best");
        Objects.requireNonNull(other, "other");
        intervals = Map.copyOf(intervals);
    }

    /** The Bonferroni-corrected confidence level for several comparisons. */
    static double confidenceLevel(int comparisons) {
        return 1 - (1 - FAMILY_CONFIDENCE) / comparisons;
    }

    /**
     * States which model is better, if the data allow it.
     *
     * @param isSampleLargeEnough whether enough rows of both classes are held out for meaningful intervals
     */
    String verdict(boolean isSampleLargeEnough) {
        Interval averagePrecision = interval(EvaluationMetric.AUC_PR);
        if (!isSampleLargeEnough) {
            return "too few rows of one class to compare the models.";
        }
        return averagePrecision.low() > 0
                ? best + " is significantly better."
                : averagePrecision.high() < 0
                        ? other + " is significantly better on these rows, contrary to cross-validation."
                        : "no significant difference.";
    }

    Interval interval(EvaluationMetric metric) {
        return Objects.requireNonNull(intervals.get(metric));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        for (EvaluationMetric metric : EvaluationMetric.values()) {
            Map<String, Object> difference = new LinkedHashMap<>();
            difference.put("difference", interval(metric).estimate());
            difference.putAll(EvaluatedModel.bounds(interval(metric)));
            json.put(metric.key(), difference);
        }
        json.put("confidence_level", confidenceLevel);
        return json;
    }
}
