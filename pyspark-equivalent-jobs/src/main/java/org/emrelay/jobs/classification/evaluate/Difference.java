package org.emrelay.jobs.classification.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.jobs.learning.Bootstrap.Interval;

/**
 * By how much the best model is better than another on the same rows; paired, it is told far more finely than either figure.
 *
 * @param level how much each interval holds: where there are several others, more, so that all hold together in 95 of 100
 */
record Difference(String best, String other, double level, Map<Figure, Interval> figures) {
    private static final double ALL_TOGETHER = 0.95;

    Difference {
        Objects.requireNonNull(best, "best");
        Objects.requireNonNull(other, "other");
        figures = Map.copyOf(figures);
    }

    /** Bonferroni's: whoever looks at several differences finds one that luck has made the sooner. */
    static double level(int others) {
        return 1 - (1 - ALL_TOGETHER) / others;
    }

    /**
     * Which of the two is better.
     *
     * @param areEnough whether so many rows of both classes are held out that an interval means something
     */
    String verdict(boolean areEnough) {
        Interval areas = of(Figure.AUC_PR);
        if (!areEnough) {
            return "so few of one kind cannot tell which of the two is better.";
        }
        return areas.low() > 0
                ? best + " is better, and not by luck."
                : areas.high() < 0
                        ? other + " does better on these, although cross-validation did not think so."
                        : "which of the two is better, these rows cannot tell.";
    }

    Interval of(Figure figure) {
        return Objects.requireNonNull(figures.get(figure));
    }

    Map<String, Object> asJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Figure figure : Figure.values()) {
            Map<String, Object> difference = new LinkedHashMap<>();
            difference.put("difference", of(figure).figure());
            difference.putAll(EvaluatedModel.bounds(of(figure)));
            json.put(figure.key(), difference);
        }
        json.put("level", level);
        return json;
    }
}
