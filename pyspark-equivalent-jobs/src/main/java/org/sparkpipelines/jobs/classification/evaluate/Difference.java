package org.sparkpipelines.jobs.classification.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.sparkpipelines.jobs.learning.Bootstrap.Interval;

/** By how much the best model is better than another on the same rows; paired, it is told far more finely than either figure. */
record Difference(String best, String other, Map<Figure, Interval> figures) {

    Difference {
        Objects.requireNonNull(best, "best");
        Objects.requireNonNull(other, "other");
        figures = Map.copyOf(figures);
    }

    Interval of(Figure figure) {
        return Objects.requireNonNull(figures.get(figure));
    }

    Map<String, Object> asJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Figure figure : Figure.values()) {
            Map<String, Object> difference = new LinkedHashMap<>();
            difference.put("difference", of(figure).figure());
            difference.putAll(JudgedModel.bounds(of(figure)));
            json.put(figure.key(), difference);
        }
        return json;
    }
}
